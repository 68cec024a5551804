// Checks the signatures of WACZ files as players do, by WebCrypto: the service that `wacz validate --verifier-url` asks.
// Prints its port, answers 200 for a good anonymous signature (wacz-auth 0.1.0), 400 for any other, and ends with its input.
import { createServer } from "node:http";

const { subtle } = globalThis.crypto;
const bytes = (text) => Buffer.from(text, "base64");

async function holds({ hash, signature, publicKey }) {
  const kind = { name: "ECDSA", namedCurve: "P-384" };
  const key = await subtle.importKey("spki", bytes(publicKey), kind, true, ["verify"]);
  return subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(signature), new TextEncoder().encode(hash));
}

const server = createServer(async (request, response) => {
  let text = "";
  for await (const piece of request) text += piece;
  const good = await holds(JSON.parse(text)).catch(() => false);
  response.writeHead(good ? 200 : 400).end();
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume();
