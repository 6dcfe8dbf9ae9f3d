using System.Collections.Immutable;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using Google.Protobuf.Collections;
using EnterpriseChange = ClusterPulse.V1.EnterpriseChange;
using Estate = ClusterPulse.Facts.Estate;
using RowOutcome = ClusterPulse.Facts.RowOutcome;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Rows of an import: checks them and gives them to their enterprises.</summary>
public sealed class ProfileBatches(ProfileValidator validator, SiloSpread spread, RowScope scope, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Stores the rows of a batch.</summary>
    /// <param name="offset">Rows before the first of the rows that are taken.</param>
    /// <param name="rows">The batch.</param>
    /// <param name="skip">Rows at its beginning that are durable already.</param>
    public async Task<BatchReceipt> StoreAsync(long offset, RepeatedField<EnterpriseChange> rows, int skip)
    {
        var answer = new AnswerBuilder();
        var estates = await EstatesAsync();
        var changes = new List<ProfileChange>(rows.Count - skip);
        for (var i = skip; i < rows.Count; i++)
        {
            var (change, violations) = Check(rows[i], offset + i - skip, estates);
            if (change is not null)
                changes.Add(change);
            else
                answer.Add(offset + i - skip, RowOutcome.Rejected, violations, []);
        }
        await RejectUnknownSuccessorsAsync(changes, answer);
        await spread.SendAsync(
            changes,
            change => change.Row.Enterprise,
            (port, own) => own.All(c => c.IsPlain) ? port.SubmitProfilesAsync([.. own.Select(c => c.Row)]) : port.SubmitChangesAsync(own),
            answer);
        return answer.ToReceipt(offset, rows.Count - skip, time.GetUtcNow());
    }

    /// <summary>Registered estates by id, those of a moment ago too.</summary>
    public async Task<IReadOnlyDictionary<string, Estate>> EstatesAsync() =>
        (await grains.GetGrain<IMaintenanceGrain>(0).ReadEstatesAsync()).ToDictionary(e => e.Id, StringComparer.Ordinal);

    /// <summary>Whether the profile has no successor, or one that is registered and not closed from its month on.</summary>
    public async Task<bool> KnowsSuccessorAsync(Profile profile) =>
        profile.Successor is not { } successor
        || await grains.GetGrain<IEnterpriseGrain>(successor).GetAsync(profile.ValidFrom) is { Profile.Closed: false };

    /// <summary>Fields that a mask names; empty: all. What every profile names anyway may stand in it too.</summary>
    /// <exception cref="Grpc.Core.RpcException">One is not a field that can be changed, or all are such that every profile names.</exception>
    public static ImmutableArray<string> Fields(RepeatedField<string>? paths)
    {
        var (fields, unknown) = Parse(paths ?? []);
        return unknown is null ? fields : throw RichErrors.Invalid(new Violation("update_mask", unknown, Reasons.UnknownField));
    }

    private (ProfileChange? Change, ImmutableArray<Violation> Violations) Check(
        EnterpriseChange row, long number, IReadOnlyDictionary<string, Estate> estates)
    {
        var (fields, unknown) = Parse(row.UpdateMask?.Paths ?? []);
        if (unknown is not null)
            return (null, [new("update_mask", unknown, Reasons.UnknownField)]);
        if (row.Enterprise is not { } enterprise)
            return (null, [new("enterprise", "", Reasons.MissingField)]);
        return validator.Validate(enterprise, number, fields, estates, out var violations) is { } valid
            && scope.Admit(valid, out violations) is { } own
            ? (new(own, fields), [])
            : (null, violations);
    }

    /// <summary>A successor may be registered by a row of the same batch that comes before.</summary>
    private async Task RejectUnknownSuccessorsAsync(List<ProfileChange> changes, AnswerBuilder answer)
    {
        var mergers = changes.Where(c => c.Row.Profile.Successor is not null).ToList();
        var known = await Task.WhenAll(mergers.Select(c => KnowsSuccessorAsync(c.Row.Profile)));
        for (var i = 0; i < mergers.Count; i++)
        {
            var merger = mergers[i].Row;
            if (known[i] || changes.TakeWhile(c => c != mergers[i]).Any(c => Registers(c, merger.Profile)))
                continue;
            answer.Add(merger.Row, RowOutcome.Rejected, [new("successor", merger.Profile.Successor!, Reasons.UnknownSuccessor)], []);
            changes.Remove(mergers[i]);
        }

        static bool Registers(ProfileChange change, Profile merged) =>
            change.Row.Enterprise == merged.Successor && change.Fields.IsEmpty && !change.Row.Profile.Closed && change.Row.Profile.ValidFrom <= merged.ValidFrom;
    }

    private static (ImmutableArray<string> Fields, string? Unknown) Parse(RepeatedField<string> paths)
    {
        var fields = ImmutableArray.CreateBuilder<string>();
        foreach (var path in paths)
        {
            if (path == "*")
                return ([], null);
            if (ProfileRules.Fields.Contains(path))
                fields.Add(path);
            else if (path is not ("name" or "valid_from" or "etag"))
                return ([], path);
        }
        return fields.Count == 0 && paths.Count > 0 ? ([], string.Join(',', paths)) : (fields.ToImmutable(), null);
    }
}
