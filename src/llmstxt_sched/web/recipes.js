// How a site serves a published document as its own llms.txt: one recipe for each kind of server.  Pure.

// [{id, name, file, code}] for the document at `address`, to be served at `path`.
export function recipes(address, path = "/llms.txt") {
  const url = new URL(address);
  return [
    { id: "nginx", name: "nginx", file: "in the site's server block", code: nginx(url, path) },
    { id: "caddy", name: "Caddy", file: "in the site's block of the Caddyfile", code: caddy(url, path) },
    { id: "cloudflare", name: "Cloudflare", file: `a Worker, with your site's ${path} as its route`, code: cloudflare(address) },
    { id: "netlify", name: "Netlify", file: "_redirects", code: `${path}  ${address}  200!` },
    { id: "vercel", name: "Vercel", file: "vercel.json", code: vercel(address, path) },
    { id: "github", name: "GitHub Action", file: ".github/workflows/llms-txt.yml", code: github(address, path) },
  ];
}

function nginx(url, path) {
  return `location = ${path} {
    proxy_pass ${url.href};
${url.protocol === "https:" ? "    proxy_ssl_server_name on;\n" : ""}}`;
}

function caddy(url, path) {
  return `handle ${path} {
    rewrite * ${url.pathname}
    reverse_proxy ${url.origin} {
        header_up Host {upstream_hostport}
    }
}`;
}

function cloudflare(address) {
  return `export default {
  fetch: () => fetch("${address}"),
};`;
}

function vercel(address, path) {
  return JSON.stringify({ rewrites: [{ source: path, destination: address }] }, null, 2);
}

// A checkout holds the site's files from its root on.
function github(address, path) {
  const file = path.slice(1);
  return `name: llms.txt
on:
  schedule:
    - cron: "17 4 * * *"
  workflow_dispatch:
permissions:
  contents: write
jobs:
  update:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: curl --fail --silent --show-error --create-dirs --output "${file}" "${address}"
      - run: |
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git add "${file}"
          git diff --cached --quiet || (git commit -m "Update llms.txt" && git push)`;
}
