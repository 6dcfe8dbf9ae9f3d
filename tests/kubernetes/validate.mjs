// Checks Kubernetes objects against the models of their kinds: kubectl kustomize OVERLAY | node validate.mjs
// Fields that are required and missing, of another type or outside of what is allowed end it with 1; a kind without a model with 2. Fields that
// there are not are found by the system tests, which read the objects strictly.
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const thirdParty = { 'monitoring.coreos.com': '@kubernetes-models/prometheus-operator' };

async function modelOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : [null, apiVersion];
  const name = group === null ? `kubernetes-models/${version}` : `${thirdParty[group] ?? 'kubernetes-models'}/${group}/${version}`;
  try {
    return (await import(`${name}/${kind}`))[kind];
  } catch (error) {
    console.error(`There is no model of ${apiVersion} ${kind}: ${error.message}`);
    process.exit(2);
  }
}

let faults = 0;
let objects = 0;
for (const document of parseAllDocuments(readFileSync(0, 'utf8'), { uniqueKeys: true })) {
  for (const error of document.errors) {
    console.error(error.message);
    faults++;
  }
  const json = document.toJS();
  if (!json) continue;
  objects++;
  try {
    new (await modelOf(json))(json).validate();
  } catch (error) {
    console.error(`${json.kind} ${json.metadata?.name}: ${error.message}`);
    faults++;
  }
}
console.log(`${objects} objects, ${faults} faults`);
process.exit(faults > 0 || objects === 0 ? 1 : 0);
