using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>The cells of one measure, industry and dimension, month by month, without gaps from the first month to the last.</summary>
public sealed class PeriodSeries
{
    public PeriodSeries(string dimension) => (Head, Currency) = Dimensions.SplitCurrency(dimension);

    /// <summary>The dimension without its last part.</summary>
    public string Head { get; }

    /// <summary>The last part of the dimension, which for money is the currency; empty where there is one part only.</summary>
    public string Currency { get; }

    private long[] _amounts = new long[4];
    private int _first;
    private int _count;

    /// <summary>First month with a cell.</summary>
    public Month First => new(_first);

    /// <summary>Last month with a cell.</summary>
    public Month Last => new(_first + _count - 1);

    /// <summary>The amount of a month; 0 outside.</summary>
    public long this[Month period]
    {
        get
        {
            var at = period.Index - _first;
            return (uint)at < (uint)_count ? _amounts[at] : 0;
        }
    }

    /// <summary>Σ of the months up to and including one: how a stock is read.</summary>
    public long UpTo(Month period)
    {
        var sum = 0L;
        var end = Math.Min(period.Index - _first, _count - 1);
        for (var i = 0; i <= end; i++)
            sum += _amounts[i];
        return sum;
    }

    /// <summary>Σ of the twelve months that end with one.</summary>
    public long Window(Month period)
    {
        var sum = 0L;
        for (var p = period - 11; p <= period; p += 1)
            sum += this[p];
        return sum;
    }

    /// <summary>Adds, and gives the new amount.</summary>
    public long Add(Month period, long amount)
    {
        Cover(period.Index);
        ref var cell = ref _amounts[period.Index - _first];
        return cell = checked(cell + amount);
    }

    private void Cover(int period)
    {
        if (_count == 0)
        {
            _first = period;
            _count = 1;
            return;
        }
        if (period < _first)
        {
            var wider = new long[_first - period + _count];
            Array.Copy(_amounts, 0, wider, _first - period, _count);
            (_amounts, _count, _first) = (wider, wider.Length, period);
        }
        else if (period - _first >= _count)
        {
            var count = period - _first + 1;
            if (count > _amounts.Length)
                Array.Resize(ref _amounts, Math.Max(count, _amounts.Length * 2));
            _count = count;
        }
    }
}
