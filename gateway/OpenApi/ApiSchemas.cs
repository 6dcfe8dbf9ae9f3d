using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.OpenApi;

namespace ClusterPulse.Gateway.OpenApi;

/// <summary>Messages as schemas of their protobuf JSON; each is described once, in the document's components.</summary>
internal sealed class ApiSchemas(OpenApiDocument document, ApiComments comments)
{
    private const string Package = "clusterpulse.v1.";

    private readonly HashSet<string> _described = new(StringComparer.Ordinal);

    /// <summary>Messages that JSON writes as a string, or in a form of their own.</summary>
    public static OpenApiSchema? WellKnown(MessageDescriptor message) => message.FullName switch
    {
        "google.protobuf.Timestamp" => new() { Type = JsonSchemaType.String, Format = "date-time" },
        "google.protobuf.Duration" => new() { Type = JsonSchemaType.String, Pattern = @"^-?\d+(\.\d+)?s$", Description = "Seconds, such as 1.5s." },
        "google.protobuf.FieldMask" => new() { Type = JsonSchemaType.String, Description = "Fields, such as displayName,regions." },
        "google.protobuf.Empty" => new() { Type = JsonSchemaType.Object },
        "google.protobuf.Any" => new()
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["@type"] = new OpenApiSchema { Type = JsonSchemaType.String } },
            AdditionalPropertiesAllowed = true,
        },
        var name when name.StartsWith("google.protobuf.", StringComparison.Ordinal) && name.EndsWith("Value", StringComparison.Ordinal)
            && message.FindFieldByNumber(1) is { } value && name != Value.Descriptor.FullName => Scalar(value.FieldType),
        _ => null,
    };

    /// <summary>The schema of a field, with its comment.</summary>
    public IOpenApiSchema Of(FieldDescriptor field)
    {
        var comment = comments.Of(field);
        if (field.IsMap)
            return new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = One(field.MessageType.FindFieldByName("value")), Description = comment };
        if (field.IsRepeated)
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = One(field), Description = comment };
        var one = One(field);
        if (comment is null)
            return one;
        if (one is OpenApiSchema own)
        {
            own.Description = comment;
            return own;
        }
        // Beside a reference nothing counts.
        return new OpenApiSchema { AllOf = [one], Description = comment };
    }

    public IOpenApiSchema Of(MessageDescriptor message) => WellKnown(message) is { } known ? known : Reference(message);

    private IOpenApiSchema One(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message or FieldType.Group => Of(field.MessageType),
        FieldType.Enum => Reference(field.EnumType),
        var type => Scalar(type),
    };

    private static OpenApiSchema Scalar(FieldType type) => type switch
    {
        FieldType.Double => new() { Type = JsonSchemaType.Number, Format = "double" },
        FieldType.Float => new() { Type = JsonSchemaType.Number, Format = "float" },
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        FieldType.UInt32 or FieldType.Fixed32 => new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" },
        // Beyond what JSON numbers hold exactly.
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => new() { Type = JsonSchemaType.String, Format = "int64" },
        FieldType.UInt64 or FieldType.Fixed64 => new() { Type = JsonSchemaType.String, Format = "uint64" },
        FieldType.Bool => new() { Type = JsonSchemaType.Boolean },
        FieldType.Bytes => new() { Type = JsonSchemaType.String, Format = "byte" },
        FieldType.String => new() { Type = JsonSchemaType.String },
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no scalar"),
    };

    private OpenApiSchemaReference Reference(MessageDescriptor message)
    {
        var id = Id(message);
        if (_described.Add(id))
        {
            document.AddComponent<IOpenApiSchema>(id, new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = comments.Of(message),
                Properties = message.Fields.InDeclarationOrder().ToDictionary(f => f.JsonName, Of, StringComparer.Ordinal),
            });
        }
        return new(id, document);
    }

    private OpenApiSchemaReference Reference(EnumDescriptor values)
    {
        var id = Id(values);
        if (_described.Add(id))
        {
            document.AddComponent<IOpenApiSchema>(id, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = comments.Of(values),
                Enum = [.. values.Values.Select(v => (JsonNode)JsonValue.Create(v.Name))],
            });
        }
        return new(id, document);
    }

    private static string Id(IDescriptor type) =>
        type.FullName.StartsWith(Package, StringComparison.Ordinal) ? type.FullName[Package.Length..] : type.FullName;
}
