using ClusterPulse.Reference;
using ClusterPulse.UnitTests.Reference;
using Xunit;

[assembly: AssemblyFixture(typeof(LoadedReference))]

namespace ClusterPulse.UnitTests.Reference;

/// <summary>The tables, loaded once for all tests.</summary>
public sealed class LoadedReference
{
    public ReferenceData Data { get; } = ReferenceData.Load();

    public Region Region(string code) =>
        Data.Regions.TryGet(code, out var region) ? region : throw new ArgumentException($"No region {code}.", nameof(code));
}
