using System.Numerics;
using ClusterPulse.Aggregation;

namespace ClusterPulse.Explain;

/// <summary>The game whose players are pieces that change from how they were to how they are, and whose result is the figure.</summary>
/// <param name="months">Reads the figure.</param>
/// <param name="pieces">They add up to the place.</param>
internal sealed class ShapleyGame(TwoMonths months, IReadOnlyList<Piece> pieces)
{
    /// <summary>Pieces that play for themselves; with the others there are 2⁹ sets, each of which is a figure to be computed.</summary>
    public const int MostPlayers = 8;

    private readonly Sides _mixed = months.Empty();

    /// <summary>Cells of a piece at the later month minus those at the earlier one, on either side: what adding turns it by.</summary>
    private sealed record Player(Piece Piece, List<KeyValuePair<CellKey, long>> Turn, List<KeyValuePair<CellKey, long>> TurnAround)
    {
        public int Size => Turn.Count + TurnAround.Count;
    }

    /// <summary>The value of each player, in no order.</summary>
    /// <param name="then">The figure with no piece changed.</param>
    /// <param name="now">The figure with all of them changed.</param>
    /// <returns>Null where the figure has no value for some set of pieces.</returns>
    public IReadOnlyList<(Piece Piece, double Value)>? Play(double then, double now)
    {
        foreach (var piece in pieces)
        {
            foreach (var (key, amount) in months.Then(piece.Cells))
                _mixed.Own.Add(key, amount);
            foreach (var (key, amount) in months.Then(piece.Around))
                _mixed.Around.Add(key, amount);
        }
        var players = Choose([.. pieces.Select(p => new Player(p, Turn(p.Cells), Turn(p.Around))).Where(p => p.Size > 0)], then, now);
        var worth = new double[1 << players.Count];
        worth[0] = then;
        var set = 0;
        for (var step = 1; step < worth.Length; step++)
        {
            // Gray code: from one set to the next one player turns, the first most often.
            var player = BitOperations.TrailingZeroCount(step);
            set ^= 1 << player;
            Add(players[player], (set & (1 << player)) != 0 ? 1 : -1);
            if (months.Read(_mixed)?.Value is not { } value)
                return null;
            worth[set] = value;
        }
        worth[^1] = now;
        var values = ShapleyValue.Of(worth, players.Count);
        return [.. players.Select((p, i) => (p.Piece, values[i]))];
    }

    /// <summary>Those of most effect alone, whether they change first or last, and the others as one; small ones first.</summary>
    private List<Player> Choose(List<Player> all, double then, double now)
    {
        var effects = new double[all.Count];
        for (var i = 0; i < all.Count; i++)
            effects[i] = EffectOf(all[i], then);
        foreach (var player in all)
            Add(player, 1);
        for (var i = 0; i < all.Count; i++)
        {
            Add(all[i], -1);
            effects[i] += Math.Abs(now - (months.Read(_mixed)?.Value ?? now));
            Add(all[i], 1);
        }
        foreach (var player in all)
            Add(player, -1);
        // Pieces are in the order of their names, and the sort is stable.
        var ranked = all.Zip(effects).OrderByDescending(p => p.Second).Select(p => p.First).ToList();
        var players = ranked.Take(MostPlayers).ToList();
        if (ranked.Count == MostPlayers + 1)
            players.Add(ranked[^1]);
        else if (ranked.Count > MostPlayers)
            players.Add(Together(ranked[MostPlayers..]));
        return [.. players.OrderBy(p => p.Size)];
    }

    private double EffectOf(Player player, double then)
    {
        Add(player, 1);
        var effect = Math.Abs((months.Read(_mixed)?.Value ?? then) - then);
        Add(player, -1);
        return effect;
    }

    private static Player Together(List<Player> some) =>
        new(
            new(PartKind.Others, "others", "其余", "all others", new()), [.. some.SelectMany(p => p.Turn)], [.. some.SelectMany(p => p.TurnAround)]);

    private List<KeyValuePair<CellKey, long>> Turn(CellTable cells)
    {
        var turn = new CellTable();
        foreach (var (key, amount) in months.Now(cells))
            turn.Add(key, amount);
        foreach (var (key, amount) in months.Then(cells))
            turn.Add(key, -amount);
        return [.. turn.NonZero()];
    }

    private void Add(Player player, int sign)
    {
        foreach (var (key, amount) in player.Turn)
            _mixed.Own.Add(key, sign * amount);
        foreach (var (key, amount) in player.TurnAround)
            _mixed.Around.Add(key, sign * amount);
    }
}
