using ClusterPulse.Cli.Language;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Cli.Registry;

/// <summary>Registers or changes the estates of a file, one after the other: there are few.</summary>
internal sealed class EstateImport(RegistryService.RegistryServiceClient registry, ImportTally tally)
{
    public async Task RunAsync(IEnumerable<RegistryRow> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            tally.Rows++;
            var problems = new List<RegistryProblem>();
            if (Read(row, problems) is not { } estate)
            {
                tally.Reject(row, problems);
                continue;
            }
            try
            {
                await registry.UpdateEstateAsync(new() { Estate = estate, AllowMissing = true }, cancellationToken: cancellation);
                tally.Accept();
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition)
            {
                tally.Reject(row, [.. Explain(e, row)]);
            }
        }
    }

    private static Estate? Read(RegistryRow row, List<RegistryProblem> problems)
    {
        if (!row.IsWhole(problems))
            return null;
        var rank = row.Cell("rank");
        if (rank.Length > 0 && CellWords.Rank(rank) is null)
        {
            problems.Add(new(row.Line, row.Header("rank"), rank, Reasons.UnknownWord, Words.Of("须为国家级、省级或市级。", "It must be national, provincial or local.")));
            return null;
        }
        var id = row.Cell("name");
        return new()
        {
            Name = id.StartsWith("estates/", StringComparison.Ordinal) ? id : "estates/" + id,
            Region = row.Cell("region"),
            DisplayName = new() { Zh = row.Cell("name_zh"), En = row.Cell("name_en") },
            ValidFrom = CellWords.Month(row.Cell("valid_from")),
            Rank = rank.Length == 0 ? EstateRank.Unspecified : CellWords.Rank(rank)!.Value,
            ClosedFrom = CellWords.Month(row.Cell("closed_from")),
        };
    }

    private static IEnumerable<RegistryProblem> Explain(RpcException failure, RegistryRow row)
    {
        var details = failure.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations;
        if (details is null)
            return [new(row.Line, "", row.Cell("name"), failure.StatusCode.ToString(), failure.Status.Detail)];
        return details.Select(v =>
        {
            var field = v.Field.Split('.')[^1];
            return new RegistryProblem(row.Line, row.Header(field), row.Cell(field), v.Reason, Words.Of(v.LocalizedMessage?.Message ?? "", v.Description));
        });
    }
}
