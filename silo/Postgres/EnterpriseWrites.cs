using ClusterPulse.Facts;
using Npgsql;
using NpgsqlTypes;

namespace ClusterPulse.Silo.Postgres;

/// <summary>The rows of many enterprises' changes, column by column: one statement per table, whatever their number.</summary>
internal sealed class EnterpriseWrites
{
    private readonly List<string> _ids = [];
    private readonly List<long> _versions = [];
    private readonly List<int> _profileBumps = [];
    private readonly List<(string Enterprise, Profile Profile)> _profiles = [];
    private readonly List<(string Enterprise, AsideWrite Write)> _asides = [];
    private readonly List<(string Enterprise, ReportWrite Write, ReportChoice Choice)> _choices = [];

    /// <summary>A key that is written more than once goes into as many rounds, so that each revision reaches the history.</summary>
    private readonly List<ReportRound> _rounds = [];
    private readonly Dictionary<(string, ReportKey), int> _writesOfKey = [];

    public void Add(EnterpriseChange change)
    {
        // A second change of the same enterprise follows on the first: the newer version is what stays.
        _ids.Add(change.Enterprise);
        _versions.Add(change.ExpectedVersion + 1);
        _profileBumps.Add(change.Profiles.Count > 0 ? 1 : 0);
        foreach (var profile in change.Profiles)
            _profiles.Add((change.Enterprise, profile));
        foreach (var write in change.Reports)
        {
            var key = (change.Enterprise, write.Key);
            var round = _writesOfKey.GetValueOrDefault(key);
            _writesOfKey[key] = round + 1;
            if (round == _rounds.Count)
                _rounds.Add(new());
            _rounds[round].Add(change.Enterprise, write);
            if (write.Choice is { } choice)
                _choices.Add((change.Enterprise, write, choice));
        }
        foreach (var write in change.Asides)
            _asides.Add((change.Enterprise, write));
    }

    public void AddTo(NpgsqlBatch batch)
    {
        if (_ids.Count == 0)
            return;
        batch.Add(
            """
            UPDATE enterprise e SET version = u.version, profile_version = e.profile_version + u.bump
            FROM (SELECT id, max(version) AS version, sum(bump) AS bump FROM unnest($1, $2, $3) AS v (id, version, bump) GROUP BY id) u
            WHERE e.id = u.id COLLATE "C"
            """,
            _ids, _versions, _profileBumps);
        AddProfiles(batch);
        foreach (var round in _rounds)
            round.AddTo(batch);
        // Rare: a statement each.
        foreach (var (enterprise, write) in _asides)
            AddAside(batch, enterprise, write);
        foreach (var (enterprise, write, choice) in _choices)
        {
            batch.Add(
                """
                INSERT INTO report_choice (enterprise, feed, period, revision, bureau, decided_by, reason, decided_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, now())
                """,
                enterprise, write.Key.Feed.Word(), write.Key.Period.ToString(), write.Report.Revision, choice.Bureau, choice.DecidedBy, choice.Reason);
        }
    }

    private static void AddAside(NpgsqlBatch batch, string enterprise, AsideWrite write)
    {
        var (feed, period) = (write.Key.Feed.Word(), write.Key.Period.ToString());
        if (write is AsideWithdrawn { Withdrawal: var by } withdrawn)
        {
            batch.Add(
                """
                UPDATE report_aside SET replaced_at = coalesce(replaced_at, now()), withdrawn_by = $5, withdraw_reason = $6
                WHERE enterprise = $1 AND feed = $2 AND period = $3 AND bureau = $4 AND ($7 IS NULL OR submission = $7) AND withdrawn_by IS NULL
                """,
                enterprise, feed, period, write.Bureau, by.Bureau, by.Reason, Query.Text(withdrawn.Submission));
            return;
        }
        batch.Add(
            "UPDATE report_aside SET replaced_at = now() WHERE enterprise = $1 AND feed = $2 AND period = $3 AND bureau = $4 AND replaced_at IS NULL",
            enterprise, feed, period, write.Bureau);
        if (write is AsideAdded { Report: var r, Content: var c })
        {
            batch.Add(
                """
                INSERT INTO report_aside (enterprise, feed, period, bureau, revision, basis, status, nil, submission, row, content_hash, note,
                    standing, lines, committed_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now())
                """,
                enterprise, feed, period, write.Bureau, r.Revision, Words.Of(c.Basis), Words.Of(c.Status), c.Nil, r.Origin.Submission, r.Origin.Row,
                unchecked((long)r.ContentHash), Query.Text(c.Note), r.Standing,
                Query.Typed(NpgsqlDbType.Jsonb, ReportRecordRow.LinesJson(write.Key.Feed, c.Lines)));
        }
    }

    private void AddProfiles(NpgsqlBatch batch)
    {
        if (_profiles.Count == 0)
            return;
        // One that is written twice: the last holds.
        var last = _profiles.GroupBy(p => (p.Enterprise, p.Profile.ValidFrom)).Select(g => g.Last()).ToList();
        batch.Add(
            """
            INSERT INTO enterprise_profile (enterprise, valid_from, region, estate, industry, ownership, investor_economy, hi_tech,
                closed, name_zh, name_en, controlling, size, successor)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (enterprise, valid_from) DO UPDATE SET region = excluded.region, estate = excluded.estate,
                industry = excluded.industry, ownership = excluded.ownership, investor_economy = excluded.investor_economy,
                hi_tech = excluded.hi_tech, closed = excluded.closed, name_zh = excluded.name_zh, name_en = excluded.name_en,
                controlling = excluded.controlling, size = excluded.size, successor = excluded.successor
            """,
            Texts(p => p.Enterprise), Texts(p => p.Profile.ValidFrom.ToString()), Texts(p => p.Profile.Region), Texts(p => p.Profile.Estate),
            Texts(p => p.Profile.Industry), Texts(p => p.Profile.Ownership.Word()), Texts(p => p.Profile.InvestorEconomy),
            last.ConvertAll(p => p.Profile.HiTech), last.ConvertAll(p => p.Profile.Closed), Texts(p => p.Profile.NameZh),
            Texts(p => p.Profile.NameEn), Texts(p => p.Profile.Controlling), Texts(p => ProfileRow.Size(p.Profile)), Texts(p => p.Profile.Successor));

        NpgsqlParameter Texts(Func<(string Enterprise, Profile Profile), string?> get) => new NpgsqlParameter<List<string?>>
        {
            TypedValue = last.ConvertAll(p => get(p)),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        };
    }
}
