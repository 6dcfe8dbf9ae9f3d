// Sends a file of reports and is sure of every row: what was acknowledged is never sent again, what was not is.
//
//   node send.mjs SERVER BUREAU SUBMISSION FILE [--break-after ROWS]
//
// FILE has a report on each line, in the protobuf JSON of clusterpulse.v1.Report. --break-after drops the connection once, after so
// many rows were acknowledged, to show what happens then.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const BATCH = 100;
const WINDOW = 4; // batches that may wait for their receipts
const LONGEST_PAUSE = 30_000;
const { UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED, OUT_OF_RANGE, RESOURCE_EXHAUSTED, INTERNAL } = grpc.status;
const TEMPORARY = [UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED, OUT_OF_RANGE, RESOURCE_EXHAUSTED, INTERNAL]; // all else stays as it is

const [server, bureau, id, file, option, rows] = process.argv.slice(2);
let breakAfter = option === '--break-after' ? Number(rows) : Infinity;

// Where the proto files lie: in the repository, or where you have copied them to.
const protos = process.env.CLUSTERPULSE_PROTOS ?? new URL('../../../protos', import.meta.url).pathname;
const definition = protoLoader.loadSync('clusterpulse/v1/reporting_service.proto', {
  includeDirs: [protos, `${protos}/third_party`], longs: Number, enums: String, defaults: true, oneofs: true,
});
const { ReportingService } = grpc.loadPackageDefinition(definition).clusterpulse.v1;
const client = new ReportingService(server, grpc.credentials.createInsecure(), { 'grpc.keepalive_time_ms': 30_000 });

const call = (method, request) => new Promise((resolve, reject) =>
  client[method](request, { deadline: Date.now() + 10_000 }, (error, answer) => (error ? reject(error) : resolve(answer))));

const reports = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim()).map((line) => JSON.parse(line));
const name = `bureaus/${bureau}/submissions/${id}`;

// The same id again gives the same submission: a second run of this program goes on where the first one stopped.
await call('createSubmission', { parent: `bureaus/${bureau}`, submissionId: id });
for (let pause = 500; ;) {
  try {
    const { nextOffset } = await call('getSubmission', { name });
    if (nextOffset >= reports.length) break;
    console.error(`going on at row ${nextOffset} of ${reports.length}`);
    await append(nextOffset);
    pause = 500;
    continue;
  } catch (error) {
    if (!TEMPORARY.includes(error.code)) throw error;
    console.error(`the stream broke: ${error.details ?? error.message}`);
  }
  await sleep(pause * (0.5 + Math.random() / 2));
  pause = Math.min(2 * pause, LONGEST_PAUSE);
}
const { state, accepted, revised, duplicate, rejected, warned } = await call('finalizeSubmission', { name });
console.log(JSON.stringify({ name, state, accepted, revised, duplicate, rejected, warned }));
client.close();
process.exitCode = rejected > 0 ? 3 : 0;

/** Streams rows from an offset on until all are acknowledged. */
function append(from) {
  return new Promise((resolve, reject) => {
    const stream = client.appendReports();
    let sent = from;
    let acknowledged = from;
    const fill = () => {
      while (sent < reports.length && sent - acknowledged < WINDOW * BATCH) {
        const batch = reports.slice(sent, sent + BATCH);
        stream.write({ submission: name, offset: sent, reports: batch });
        sent += batch.length;
      }
    };
    stream.on('data', ({ receipt, error, nextOffset }) => {
      if (error) {
        reject(error); // a google.rpc.Status: its code says whether the same can succeed later
        stream.cancel();
        return;
      }
      // These rows are durable now. Rows that were rejected are told here: mend them, never send them unchanged.
      for (const row of receipt.rows) {
        for (const violation of row.violations) console.error(`row ${row.row}: ${violation.field} ${violation.reason} ${violation.rule}`);
      }
      acknowledged = nextOffset;
      if (acknowledged >= breakAfter) {
        breakAfter = Infinity;
        console.error(`breaking off after ${acknowledged} rows`);
        stream.cancel();
      } else if (acknowledged >= reports.length) {
        stream.end();
      } else {
        fill();
      }
    });
    stream.on('error', reject);
    stream.on('end', resolve);
    fill();
  });
}
