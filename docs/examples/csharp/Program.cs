// Sends a file of reports and is sure of every row: what was acknowledged is never sent again, what was not is.
//
//   dotnet run --project docs/examples/csharp -- SERVER BUREAU SUBMISSION FILE [--break-after ROWS]
//
// FILE has a report on each line, in the protobuf JSON of clusterpulse.v1.Report. --break-after drops the connection once, after so
// many rows were acknowledged, to show what happens then.
using ClusterPulse.Examples;
using ClusterPulse.V1;
using Google.Protobuf;
using Grpc.Net.Client;

if (args.Length is not (4 or 6))
{
    await Console.Error.WriteLineAsync("Usage: SERVER BUREAU SUBMISSION FILE [--break-after ROWS]");
    return 64;
}
var reports = File.ReadLines(args[3]).Where(line => line.Trim().Length > 0).Select(Report.Parser.ParseJson).ToList();
var breakAfter = args.Length == 6 ? long.Parse(args[5], null) : long.MaxValue;
using var channel = GrpcChannel.ForAddress(args[0], new()
{
    HttpHandler = new SocketsHttpHandler { KeepAlivePingDelay = TimeSpan.FromSeconds(30), KeepAlivePingTimeout = TimeSpan.FromSeconds(10) },
});
var submission = await new Sender(new(channel), args[1], args[2]).SendAsync(reports, breakAfter);
Console.WriteLine(JsonFormatter.Default.Format(submission));
return submission.Rejected > 0 ? 3 : 0;
