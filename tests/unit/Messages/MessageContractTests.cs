using System.Reflection;
using Xunit;

namespace ClusterPulse.UnitTests.Messages;

/// <summary>What every message, call and enum must have so that versions understand each other.</summary>
public sealed class MessageContractTests
{
    private const string ContractFile = "contract.txt";

    [Fact]
    public void EverySerialisedTypeHasAnAliasOfItsOwn()
    {
        Assert.NotEmpty(MessageTypes.Serialised);
        Assert.All(MessageTypes.Serialised, t => Assert.StartsWith("ClusterPulse.", MessageTypes.Alias(t), StringComparison.Ordinal));
        AssertUnique(MessageTypes.Serialised.Concat(MessageTypes.GrainInterfaces).Select(MessageTypes.AliasOrName));
    }

    [Fact]
    public void EveryMemberOfAMessageHasAnIdOfItsOwn() => Assert.All(MessageTypes.Serialised, type =>
    {
        AssertUnique(MessageTypes.Members(type).Select(MessageTypes.Id));
        Assert.Empty(MessageTypes.Forgotten(type));
    });

    [Fact]
    public void EveryGrainInterfaceAndEachOfItsMethodsHasAnAliasOfItsOwn()
    {
        Assert.NotEmpty(MessageTypes.GrainInterfaces);
        Assert.All(MessageTypes.GrainInterfaces, grain =>
        {
            Assert.StartsWith("ClusterPulse.", MessageTypes.Alias(grain), StringComparison.Ordinal);
            Assert.All(grain.GetMethods(), method => Assert.NotNull(MessageTypes.Alias(method)));
            // A call goes by the alias of the method and of the interface that declares it.
            AssertUnique(grain.GetMethods().Select(MessageTypes.AliasOrName));
        });
    }

    [Fact]
    public void EveryGrainSaysItsTypeSoThatRenamingAClassMovesNoGrain()
    {
        Assert.All(MessageTypes.GrainClasses, grain => Assert.True(grain.IsDefined(typeof(GrainTypeAttribute), inherit: false), grain.Name));
        AssertUnique(MessageTypes.GrainClasses.Select(g => g.GetCustomAttribute<GrainTypeAttribute>(inherit: false)!.GetGrainType(null!, null!).ToString()));
    }

    [Fact]
    public void NoMemberCallOrEnumValueChangesOnceItIsWrittenDown()
    {
        string[] now = [.. MessageTypes.Serialised.SelectMany(Members), .. MessageTypes.GrainInterfaces.SelectMany(Calls), .. MessageTypes.Enums.SelectMany(Values)];
        GoldenFolder.Offer(ContractFile, [.. now.Except(GoldenFolder.Read(ContractFile)).Order(StringComparer.Ordinal)]);
        var written = GoldenFolder.Read(ContractFile);

        var gone = written.Except(now).ToArray();
        Assert.True(gone.Length == 0, $"Another version may still use what is changed or gone here; add something new beside it instead:\n{string.Join('\n', gone)}");
        var added = now.Except(written).ToArray();
        Assert.True(added.Length == 0, $"Not written down yet:\n{string.Join('\n', added)}\n{GoldenFolder.Advice(ContractFile)}");
    }

    private static IEnumerable<string> Members(Type type) => MessageTypes.Members(type).Select(m =>
        $"member {MessageTypes.Alias(type)} {MessageTypes.Id(m)}: {MessageTypes.Name(MessageTypes.MemberType(m))} {m.Name}");

    private static IEnumerable<string> Calls(Type grain) => grain.GetMethods().Select(m =>
        $"call {MessageTypes.Alias(grain)} {MessageTypes.Alias(m)}({string.Join(", ", m.GetParameters().Select(p => MessageTypes.Name(p.ParameterType)))}): {MessageTypes.Name(m.ReturnType)}");

    private static IEnumerable<string> Values(Type type) =>
        Enum.GetNames(type).Select(name => $"value {type.Name} {Convert.ToInt64(Enum.Parse(type, name), null)}: {name}");

    private static void AssertUnique<T>(IEnumerable<T> values) =>
        Assert.Empty(values.GroupBy(v => v).Where(g => g.Count() > 1).Select(g => g.Key));
}
