using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Enterprises;

/// <summary>A change of one enterprise in the making: the state as it would be, what to store, and the delta.</summary>
public sealed class EnterpriseDraft(EnterpriseState stored, IGeography geography)
{
    // What a report of one month changes fits in; growing to it step by step cost more than the rest of the draft.
    private readonly List<CellDelta> _deltas = new(48);
    private readonly List<ReportWrite> _reports = [];
    private readonly List<AsideWrite> _asides = [];
    private readonly List<Profile> _profiles = [];
    private readonly Dictionary<string, long> _suppliers = new(StringComparer.Ordinal);
    private readonly EnterpriseState _before = stored;

    /// <summary>As it would be.</summary>
    public EnterpriseState State { get; private set; } = stored;

    public bool IsChanged => _reports.Count > 0 || _profiles.Count > 0 || _asides.Count > 0;

    public bool ChangedProfiles => _profiles.Count > 0;

    /// <summary>Suppliers whose profiles were looked at.</summary>
    public IEnumerable<string> JudgedBy => _suppliers.Keys;

    /// <summary>A line was judged by this version of its supplier.</summary>
    public void Judged(string supplier, long profileVersion) => _suppliers[supplier] = profileVersion;

    public void Write(ReportWrite write)
    {
        var after = State.WithReport(write.Key, write.Report);
        new Contribution(State, geography, -1, _deltas).OfReport(write.Key, after);
        new Contribution(after, geography, 1, _deltas).OfReport(write.Key, State);
        State = after;
        _reports.Add(write);
        // What the bureau had set aside is history once its own report counts.
        if (State.Asides.Length > 0 && !write.Rejudged && !write.Report.Withdrawn
            && State.LastAside(write.Key, write.Report.Origin.Bureau) is { Replaced: false })
        {
            PutAside(new AsideReplaced(write.Key, write.Report.Origin.Bureau));
        }
    }

    /// <summary>What does not count changes no cell.</summary>
    public void PutAside(AsideWrite write)
    {
        State = State.WithAside(write);
        _asides.Add(write);
    }

    public void Register(Profile profile)
    {
        var after = State.WithProfile(profile);
        new Contribution(State, geography, -1, _deltas).All();
        new Contribution(after, geography, 1, _deltas).All();
        State = after;
        _profiles.Add(profile);
    }

    public EnterpriseChange ToChange(ReceiptChange? answer = null)
    {
        new Contribution(_before, geography, -1, _deltas).Member();
        new Contribution(Committed(), geography, 1, _deltas).Member();
        return new()
        {
            Enterprise = _before.Id,
            ExpectedVersion = _before.Version,
            Profiles = _profiles,
            Reports = _reports,
            Asides = _asides,
            Suppliers = [.. _suppliers.Select(s => new SupplierVersion(s.Key, s.Value))],
            Deltas = _deltas,
            Answer = answer,
        };
    }

    /// <summary>The state once the change is stored.</summary>
    public EnterpriseState Committed() => State with
    {
        Version = _before.Version + 1,
        ProfileVersion = _before.ProfileVersion + (ChangedProfiles ? 1 : 0),
    };
}
