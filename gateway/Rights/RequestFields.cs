using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Reads texts of requests by the path of their field.</summary>
internal static class RequestFields
{
    /// <summary>What a field says; a list's values each, and each part of a value that joins several by commas.</summary>
    /// <exception cref="ArgumentException">The message has no such field of text.</exception>
    public static IReadOnlyList<string> Read(IMessage message, string path)
    {
        var (owner, field) = Find(message, path);
        if (owner is null)
            return [];
        return field.IsRepeated
            ? [.. ((IEnumerable<string>)field.Accessor.GetValue(owner)).SelectMany(Parts)]
            : [.. Parts((string)field.Accessor.GetValue(owner))];
    }

    /// <summary>Whether a message has a field of text at a path.</summary>
    public static bool Has(MessageDescriptor message, string path)
    {
        var parts = path.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            if (message.FindFieldByName(parts[i]) is not { } field)
                return false;
            if (i == parts.Length - 1)
                return field.FieldType == FieldType.String;
            message = field.MessageType;
        }
        return false;
    }

    private static (IMessage? Owner, FieldDescriptor Field) Find(IMessage message, string path)
    {
        IMessage? owner = message;
        var descriptor = message.Descriptor;
        var parts = path.Split('.');
        for (var i = 0; ; i++)
        {
            var field = descriptor.FindFieldByName(parts[i])
                ?? throw new ArgumentException($"{descriptor.FullName} has no field {parts[i]}.", nameof(path));
            if (i == parts.Length - 1)
                return (owner, field);
            (owner, descriptor) = (owner is null ? null : (IMessage?)field.Accessor.GetValue(owner), field.MessageType);
        }
    }

    private static string[] Parts(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
