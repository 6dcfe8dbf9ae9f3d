using System.Reflection;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Any interface, of which the test answers the calls that it expects.</summary>
public class Answering : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = null!;

    public static T As<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var proxy = Create<T, Answering>();
        ((Answering)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
