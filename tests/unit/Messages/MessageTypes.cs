using System.Collections;
using System.Reflection;
using ClusterPulse.Facts;
using ClusterPulse.Silo.Hosting;

namespace ClusterPulse.UnitTests.Messages;

/// <summary>Everything that silos and gateways of different versions may send each other.</summary>
internal static class MessageTypes
{
    private const BindingFlags OwnInstance =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Ours =
        [.. new[] { typeof(Month).Assembly, typeof(ClusterPulseSilo).Assembly }.SelectMany(a => a.GetTypes())];

    /// <summary>Types that are serialised, by alias.</summary>
    public static IReadOnlyList<Type> Serialised { get; } =
        [.. Ours.Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)).OrderBy(AliasOrName, StringComparer.Ordinal)];

    /// <summary>Grain interfaces, those that others only inherit from included.</summary>
    public static IReadOnlyList<Type> GrainInterfaces { get; } =
        [.. Ours.Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t)).OrderBy(AliasOrName, StringComparer.Ordinal)];

    public static IReadOnlyList<Type> GrainClasses { get; } =
        [.. Ours.Where(t => t is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(t))];

    /// <summary>Enums in serialised members and in parameters and answers of grains.</summary>
    public static IReadOnlyList<Type> Enums { get; } =
    [
        .. Serialised.SelectMany(t => Members(t).Select(MemberType))
            .Concat(GrainInterfaces.SelectMany(i => i.GetMethods()).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
            .SelectMany(Within).Where(t => t.IsEnum).Distinct().OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    public static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    public static string AliasOrName(MemberInfo member) => Alias(member) ?? member.Name;

    public static uint Id(MemberInfo member) => member.GetCustomAttribute<IdAttribute>()!.Id;

    /// <summary>Members with an id.</summary>
    public static IReadOnlyList<MemberInfo> Members(Type type) =>
        [.. type.GetMembers(OwnInstance).Where(m => m.IsDefined(typeof(IdAttribute), inherit: false)).OrderBy(Id)];

    /// <summary>Fields that hold state, by their own name or that of the property they stand behind, and have no id: they would get
    /// lost on the way.</summary>
    public static IEnumerable<string> Forgotten(Type type)
    {
        var known = Members(type).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        return type.GetFields(OwnInstance)
            .Where(f => !f.IsDefined(typeof(NonSerializedAttribute)))
            .Select(f => f.Name.StartsWith('<') ? f.Name[1..f.Name.IndexOf('>', StringComparison.Ordinal)] : f.Name)
            .Where(name => !known.Contains(name));
    }

    public static Type MemberType(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    /// <summary>Whether a member has anything but what a new value has: a sample that leaves it out proves nothing of it.</summary>
    public static bool IsFilled(MemberInfo member, object sample)
    {
        var value = member is PropertyInfo property ? property.GetValue(sample) : ((FieldInfo)member).GetValue(sample);
        return value switch
        {
            null or "" => false,
            ICollection collection => collection.Count > 0,
            ValueType number => !number.Equals(Activator.CreateInstance(number.GetType())),
            _ => true,
        };
    }

    /// <summary>A type as the contract names it.</summary>
    public static string Name(Type type) => type switch
    {
        { IsArray: true } => Name(type.GetElementType()!) + "[]",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => Alias(type) ?? type.Name,
    };

    private static IEnumerable<Type> Within(Type type) => type.IsArray
        ? Within(type.GetElementType()!)
        : type.GetGenericArguments().SelectMany(Within).Prepend(type);
}
