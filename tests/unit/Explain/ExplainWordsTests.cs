using ClusterPulse.Explain;
using Xunit;

namespace ClusterPulse.UnitTests.Explain;

/// <summary>The grains' words and the API's are the same, since one is cast into the other.</summary>
public sealed class ExplainWordsTests
{
    [Fact]
    public void MethodsAndKindsOfPartsAreThoseOfTheApi()
    {
        Assert.All(Enum.GetValues<ExplainMethod>(), m => Assert.Equal(m.ToString(), ((V1.ExplainMethod)m).ToString()));
        Assert.All(Enum.GetValues<PartKind>(), k => Assert.Equal(k.ToString(), ((V1.PartKind)k).ToString()));
    }
}
