"""How much of a report is quoted, counted over dictionaries."""


class QuotingMemory:
    def public_clips(self, *, urls, articles):
        states = (state for state in self.clip_map.values() if not state.removed)
        clips = [state.clip for state in states if state.clip.dossier in self.published_map]
        wanted = [clip for clip in clips if clip.url in urls or clip.article_id in articles]
        return sorted((clip for clip in wanted if self.dossier(clip.dossier)), key=lambda clip: clip.id)

    def text_characters(self, articles):
        return {one: len(self.article_map[one].article.text) for one in articles if one in self.article_map}
