using System.Reflection;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.SystemTests.Support;

/// <summary>How often the store fails.</summary>
internal sealed class FaultRate(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Of each kind, 0..1.</summary>
    public double Rate { get; set; }

    /// <summary>Faults so far.</summary>
    public int Faults { get; private set; }

    public bool Strikes()
    {
        lock (_random)
        {
            if (_random.NextDouble() >= Rate)
                return false;
            Faults++;
            return true;
        }
    }
}

/// <summary>A store that fails now and then: reads, commits before anything is stored, commits whose answer is lost after they were
/// stored, and commits whose answer is lost though they were not.</summary>
public class FaultyStore : DispatchProxy
{
    private IFactStore _store = null!;
    private FaultRate _rate = null!;

    internal static IFactStore Around(IFactStore store, FaultRate rate)
    {
        var proxy = Create<IFactStore, FaultyStore>();
        ((FaultyStore)(object)proxy)._store = store;
        ((FaultyStore)(object)proxy)._rate = rate;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IFactStore.OpenWriterAsync))
        {
#pragma warning disable CA2012 // It is returned, as an object, to the one who awaits it.
            return OpenAsync((string)args![0]!, (CancellationToken)args[1]!);
#pragma warning restore CA2012
        }
        if (targetMethod.Name.StartsWith("Load", StringComparison.Ordinal) || targetMethod.Name.StartsWith("Read", StringComparison.Ordinal)
            || targetMethod.Name.StartsWith("Find", StringComparison.Ordinal) || targetMethod.Name.StartsWith("Try", StringComparison.Ordinal))
        {
            if (_rate.Strikes())
                throw new StoreUnavailableException("injected: " + targetMethod.Name);
        }
        try
        {
            return targetMethod.Invoke(_store, args);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    }

    private async ValueTask<IFactWriter> OpenAsync(string silo, CancellationToken cancellation) =>
        new Writer(await _store.OpenWriterAsync(silo, cancellation), _rate);

    private sealed class Writer(IFactWriter writer, FaultRate rate) : IFactWriter
    {
        public int Id => writer.Id;

        public bool Blocks => writer.Blocks;

        public async ValueTask<CommitResult> CommitAsync(
            IReadOnlyList<Change> changes, Func<IReadOnlyList<bool>, IReadOnlyDictionary<string, CellSums>> sum, CancellationToken cancellation)
        {
            if (rate.Strikes())
                throw new StoreUnavailableException("injected: before the commit");
            if (rate.Strikes())
            {
                sum([.. changes.Select(_ => true)]);
                throw new StoreUnavailableException("injected: not stored, and nobody knows") { OutcomeUnknown = true };
            }
            var result = await writer.CommitAsync(changes, sum, cancellation);
            return rate.Strikes() ? throw new StoreUnavailableException("injected: stored, and nobody knows") { OutcomeUnknown = true } : result;
        }

        public ValueTask<long> ReadSequenceAsync(CancellationToken cancellation) => rate.Strikes()
            ? throw new StoreUnavailableException("injected: asking") { OutcomeUnknown = true }
            : writer.ReadSequenceAsync(cancellation);

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
