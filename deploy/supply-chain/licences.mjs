// Table of packages and their licences from bills of materials: node licences.mjs BOM...
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const packages = new Map();
for (const file of process.argv.slice(2)) {
  const program = basename(file).replace(/^clusterpulse-|\.cdx\.json$/g, '');
  for (const component of JSON.parse(readFileSync(file, 'utf8')).components) {
    const key = `${component.name} ${component.version}`;
    const known = packages.get(key) ?? { ...component, programs: [] };
    known.programs.push(program);
    packages.set(key, known);
  }
}
const names = (licences = []) => licences.map(l => l.license?.id ?? l.license?.name ?? l.expression).join(' or ') || '?';
const rows = [...packages.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
const counts = new Map();
for (const row of rows) counts.set(names(row.licenses), (counts.get(names(row.licenses)) ?? 0) + 1);

console.log(`# Packages and their licences

Made by \`deploy/supply-chain/make\` from the bills of materials of silo, gateway and command; do not edit. ${rows.length} packages: ${
  [...counts].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${n} ${name}`).join(', ')}. The runtime is not among them.

| package | version | licence | in |
|---|---|---|---|`);
for (const row of rows) console.log(`| \`${row.name}\` | ${row.version} | ${names(row.licenses)} | ${row.programs.sort().join(', ')} |`);
