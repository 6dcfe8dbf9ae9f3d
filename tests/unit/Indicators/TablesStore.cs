using System.Reflection;
using ClusterPulse.Facts;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>A store that holds the tables that it is given, and none besides. What is read is told apart by its type.</summary>
public class TablesStore : DispatchProxy
{
    private object[] _tables = [];

    public static IFactStore Of(params object[] tables)
    {
        var store = Create<IFactStore, TablesStore>();
        ((TablesStore)store)._tables = tables;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var (task, read) = (targetMethod!.ReturnType, targetMethod.ReturnType.GenericTypeArguments[0]);
        var table = Array.Find(_tables, read.IsInstanceOfType)
            ?? (read.IsGenericType ? Array.CreateInstance(read.GenericTypeArguments[0], 0) : null);
        return table is null ? Activator.CreateInstance(task) : Activator.CreateInstance(task, table);
    }
}
