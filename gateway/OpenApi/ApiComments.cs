using ClusterPulse.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace ClusterPulse.Gateway.OpenApi;

/// <summary>Comments of the proto files. Generated code has none of them, so they come from the description of the API that is built
/// beside it.</summary>
internal sealed class ApiComments
{
    private const string Resource = "clusterpulse.binpb";

    private readonly Dictionary<string, string> _comments = new(StringComparer.Ordinal);

    public ApiComments()
    {
        using var stream = typeof(WatchService).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly of the API has no resource {Resource}.");
        var files = FileDescriptorSet.Parser.ParseFrom(stream).File.Select(f => f.ToByteString());
        foreach (var file in FileDescriptor.BuildFromByteStrings(files))
        {
            foreach (var service in file.Services)
            {
                Keep(service);
                foreach (var method in service.Methods)
                    Keep(method);
            }
            foreach (var message in file.MessageTypes)
                Keep(message);
            foreach (var values in file.EnumTypes)
                Keep(values);
        }
    }

    /// <summary>What is written above a method, message, field or enum; null where there is nothing.</summary>
    public string? Of(IDescriptor descriptor) => _comments.GetValueOrDefault(descriptor.FullName);

    private void Keep(MessageDescriptor message)
    {
        Keep((DescriptorBase)message);
        foreach (var field in message.Fields.InDeclarationOrder())
            Keep(field);
        foreach (var nested in message.NestedTypes)
            Keep(nested);
        foreach (var values in message.EnumTypes)
            Keep(values);
    }

    private void Keep(DescriptorBase descriptor)
    {
        if (descriptor.Declaration?.LeadingComments is { Length: > 0 } comment)
            _comments[descriptor.FullName] = string.Join(' ', comment.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
