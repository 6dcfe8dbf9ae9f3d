using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Placement;
using ClusterPulse.Registry;

namespace ClusterPulse.Enterprises;

/// <summary>
/// One enterprise: decides on its rows, computes the delta of its contribution, and hands both to the Committer. Its state is
/// what was stored; whatever goes wrong with a commit, it loads again.
/// </summary>
[GrainType("enterprise")]
[RendezvousPlacement]
public sealed partial class EnterpriseGrain(
    EnterpriseLoader loader, ReportHistory history, SupplierDirectory suppliers, SupplierRejudger rejudger, PeerValues peers, Committer committer,
    IGeography geography, SharedTablesSource tables, SiloMap map, PulseMetrics metrics, TimeProvider time)
    : Grain, IEnterpriseGrain
{
    /// <summary>A change is made anew this often when others come between. Giving up would have the whole batch sent again.</summary>
    private const int MostAttempts = 16;

    /// <summary>Most milliseconds between two attempts.</summary>
    private const int LongestPause = 256;

    private EnterpriseState? _state;
    private long _placedAt;

    private string Id => this.GetPrimaryKeyString();

    public ValueTask<IngestAnswer> RegisterAsync(ImmutableArray<ProfileRow> rows) => ChangeAsync(draft =>
    {
        var answer = new AnswerBuilder();
        foreach (var row in rows)
        {
            if (Elsewhere(draft.State, row) is { } elsewhere)
            {
                answer.Add(row.Row, RowOutcome.Rejected, [elsewhere], []);
                continue;
            }
            var outcome = ProfileRules.IsStored(draft.State, row.Profile) ? RowOutcome.Duplicate
                : draft.State.Profiles.Any(p => p.ValidFrom == row.Profile.ValidFrom) ? RowOutcome.Revised
                : RowOutcome.Accepted;
            if (outcome != RowOutcome.Duplicate)
                draft.Register(row.Profile);
            answer.Add(row.Row, outcome, [], row.Warnings);
        }
        return ValueTask.FromResult(answer);
    });

    public async ValueTask<EnterpriseView?> UpdateAsync(
        Profile profile, ImmutableArray<string> fields, bool allowMissing, long? expectedVersion = null)
    {
        var refused = false;
        await ChangeAsync(draft =>
        {
            var version = draft.State.ProfileVersion;
            refused = (version == 0 && !allowMissing) || (expectedVersion is { } expected && expected != version);
            if (!refused)
                Register(draft, ProfileRules.Change(draft.State, profile, fields));
            return ValueTask.FromResult(new AnswerBuilder());
        });
        return refused ? null : await GetAsync(profile.ValidFrom);
    }

    public ValueTask<IngestAnswer> ApplyAsync(ImmutableArray<ProfileChange> changes) => ChangeAsync(draft =>
    {
        var answer = new AnswerBuilder();
        foreach (var (row, fields) in changes)
        {
            if (Elsewhere(draft.State, row) is { } elsewhere)
            {
                answer.Add(row.Row, RowOutcome.Rejected, [elsewhere], []);
                continue;
            }
            if (!fields.IsEmpty && draft.State.ProfileAt(row.Profile.ValidFrom) is null)
            {
                answer.Add(row.Row, RowOutcome.Rejected, [Unregistered(draft.State, row)], []);
                continue;
            }
            var revises = draft.State.Profiles.Any(p => p.ValidFrom == row.Profile.ValidFrom);
            var changed = ProfileRules.Change(draft.State, row.Profile, fields);
            Register(draft, changed);
            answer.Add(row.Row, changed.IsEmpty ? RowOutcome.Duplicate : revises ? RowOutcome.Revised : RowOutcome.Accepted, [], row.Warnings);
        }
        return ValueTask.FromResult(answer);
    });

    /// <summary>Where it lies in the row's month, or at first for a month before that.</summary>
    private Violation? Elsewhere(EnterpriseState state, ProfileRow row) => DivisionRule.Violation(
        row.Divisions, state.ProfileAt(row.Profile.ValidFrom) ?? state.Profiles.FirstOrDefault(), geography);

    public async ValueTask<int> WithdrawAsync(ReportKey key, string bureau, string reason)
    {
        // Of an older gateway, or where nobody need say who he is: no bureau is nearer than another.
        var revision = await WithdrawAsync(key, bureau, reason, _ => true);
        return Math.Abs(revision);
    }

    public ValueTask<int> WithdrawWithinAsync(ReportKey key, string bureau, string? divisions, string reason) => WithdrawAsync(key, bureau, reason, state =>
        DivisionRule.Violation(divisions, state.ProfileAt(key.Period), geography, out var standing) is null
        && state.Reports.Find(key.Feed, key.Period) is { Chosen: false } report && standing >= report.Standing);

    /// <summary>A bureau's own report, whether it counts or was set aside, is its to take back; another's is where it may revise it.</summary>
    private async ValueTask<int> WithdrawAsync(ReportKey key, string bureau, string reason, Func<EnterpriseState, bool> mayRevise)
    {
        var revision = 0;
        await ChangeAsync(draft =>
        {
            revision = 0;
            var report = draft.State.Reports.Find(key.Feed, key.Period);
            if (report is { Withdrawn: false } && report.Origin.Bureau != bureau && draft.State.LastAside(key, bureau) is { } aside)
            {
                revision = aside.Revision;
                if (!aside.Withdrawn)
                    draft.PutAside(new AsideWithdrawn(key, bureau, null, new(bureau, reason)));
            }
            else if (report is not null)
            {
                var allowed = report.Withdrawn || report.Origin.Bureau == bureau || mayRevise(draft.State);
                revision = allowed ? report.Revision : IEnterpriseGrain.AnotherBureauCounts;
                if (allowed && !report.Withdrawn)
                    draft.Write(new(key, report with { Withdrawn = true }) { Withdrawal = new(bureau, reason) });
            }
            return ValueTask.FromResult(new AnswerBuilder());
        });
        return revision;
    }

    public async ValueTask<int> WithdrawSubmittedAsync(
        ImmutableArray<ReportKey> keys, string bureau, string submission, string withdrawnBy, string reason)
    {
        var withdrawn = 0;
        await ChangeAsync(draft =>
        {
            withdrawn = 0;
            foreach (var key in keys)
            {
                var asides = draft.State.Asides.Where(a => a.Key == key && a.Origin.Bureau == bureau && a.Origin.Submission == submission).ToList();
                var report = draft.State.Reports.Find(key.Feed, key.Period);
                var counts = report?.Origin.Bureau == bureau && report.Origin.Submission == submission;
                if (!counts && asides.Count == 0)
                    continue;
                withdrawn++;
                if (counts && !report!.Withdrawn)
                    draft.Write(new(key, report with { Withdrawn = true }) { Withdrawal = new(withdrawnBy, reason) });
                if (asides.Any(a => !a.Withdrawn))
                    draft.PutAside(new AsideWithdrawn(key, bureau, submission, new(withdrawnBy, reason)));
            }
            return ValueTask.FromResult(new AnswerBuilder());
        });
        return withdrawn;
    }

    public async ValueTask<ChosenReport?> ChooseAsync(ReportKey key, ReportChoice choice)
    {
        ChosenReport? chosen = null;
        await ChangeAsync(async draft =>
        {
            chosen = null;
            var report = draft.State.Reports.Find(key.Feed, key.Period);
            var counts = report is { Withdrawn: false };
            if (counts && choice.Bureau.Length == 0 ? !report!.Chosen : counts && report!.Chosen && report.Origin.Bureau == choice.Bureau)
            {
                // It is so already.
                chosen = new(report!.Revision, report.Origin);
                return new();
            }
            var wanted = choice.Bureau.Length == 0 || (counts && report!.Origin.Bureau == choice.Bureau)
                ? counts ? report : null
                : await history.LastOfAsync(Id, key, choice.Bureau);
            if (wanted is null)
                return new();
            var content = await JudgeAsync(wanted.Content, key.Period, draft);
            var decided = wanted with { Revision = (report?.Revision ?? 0) + 1, Content = content, Chosen = choice.Bureau.Length > 0 };
            draft.Write(new(key, decided with { Outlier = peers.Judge(draft.State, key, decided) is not null }) { Choice = choice });
            chosen = new(decided.Revision, decided.Origin);
            return new();
        });
        return chosen;
    }

    public async ValueTask RejudgeAsync(string supplier)
    {
        suppliers.Forget(supplier);
        await ChangeAsync(async draft =>
        {
            foreach (var (key, report) in draft.State.Reports)
            {
                if (key.Feed != Feed.Linkage || !report.Content.Lines.Any(l => l.Supplier?.Id == supplier))
                    continue;
                var content = await JudgeAsync(report.Content, key.Period, draft);
                if (!content.Lines.AsSpan().SequenceEqual(report.Content.Lines.AsSpan()))
                    draft.Write(new(key, report with { Content = content }, Rejudged: true));
            }
            return new();
        });
    }

    public async ValueTask<EnterpriseView?> GetAsync(Month? period)
    {
        var state = await LoadAsync();
        var profile = period is { } month ? state.ProfileAt(month) : state.Profiles.LastOrDefault();
        return profile is null ? null : new(Id, profile, state.ProfileVersion);
    }

    public async ValueTask<EnterpriseHistory?> GetHistoryAsync()
    {
        var state = await LoadAsync();
        return state.Profiles.IsEmpty ? null : new(Id, state.Profiles, state.ProfileVersion);
    }

    private static void Register(EnterpriseDraft draft, ImmutableArray<Profile> profiles)
    {
        foreach (var profile in profiles)
            draft.Register(profile);
    }

    private static Violation Unregistered(EnterpriseState state, ProfileRow row) => state.Profiles.IsEmpty
        ? new("name", row.Enterprise, Reasons.UnregisteredEnterprise)
        : new("valid_from", row.Profile.ValidFrom.ToString(), Reasons.NotRegisteredInPeriod, state.Profiles[0].ValidFrom.ToString());

    private async ValueTask<IngestAnswer> ChangeAsync(Func<EnterpriseDraft, ValueTask<AnswerBuilder>> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            var draft = new EnterpriseDraft(await LoadAsync(), geography);
            var answer = await decide(draft);
            if (!await KnowsEstatesAsync(draft.State))
                continue;
            if (!draft.IsChanged)
                return answer.ToAnswer();
            if (await CommitAsync(draft) is { Applied: true } ticket)
            {
                answer.Committed(ticket.Writer, ticket.Sequence);
                return answer.ToAnswer();
            }
            if (attempt == MostAttempts)
                throw new StoreUnavailableException($"{Id} kept changing while it was written; try again");
            // Whoever waits a random while lets the others through.
            if (attempt > 1)
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(Math.Min(1 << attempt, LongestPause))), time);
        }
    }

    /// <summary>Stores what a draft changes; where it did not, the state is loaded anew next time.</summary>
    private async ValueTask<CommitTicket> CommitAsync(EnterpriseDraft draft, ReceiptChange? answer = null)
    {
        CommitTicket ticket;
        try
        {
            ticket = await committer.CommitAsync(draft.ToChange(answer));
        }
        catch
        {
            _state = null;
            throw;
        }
        if (!ticket.Applied)
        {
            // Another activation, a supplier's new profile, or the same submission came first.
            _state = null;
            foreach (var supplier in draft.JudgedBy)
                suppliers.Forget(supplier);
            return ticket;
        }
        _state = draft.Committed();
        if (draft.ChangedProfiles)
        {
            suppliers.Forget(Id);
            rejudger.Enqueue(Id, _state.ProfileVersion);
        }
        return ticket;
    }

    private async ValueTask<EnterpriseState> LoadAsync()
    {
        if (_placedAt != map.Version)
        {
            // Membership has changed: where this silo is not its home any more, it moves after this call.
            _placedAt = map.Version;
            if (!map.IsHome(Id))
                MigrateOnIdle();
        }
        return _state ??= await loader.LoadAsync(Id);
    }

    /// <summary>Deltas need the region of each estate. One that another silo has just registered is read now; false: decide again.</summary>
    private async ValueTask<bool> KnowsEstatesAsync(EnterpriseState state)
    {
        if (!IsAnyUnknown())
            return true;
        await tables.RefreshAsync();
        // Nobody knows it: its members count without it, and it is not asked for again before the next change.
        return IsAnyUnknown();

        bool IsAnyUnknown()
        {
            foreach (var profile in state.Profiles)
            {
                if (profile.Estate is { } estate && geography.EstateRegion(estate) is null)
                    return true;
            }
            return false;
        }
    }
}
