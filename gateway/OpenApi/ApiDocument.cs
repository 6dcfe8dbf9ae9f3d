using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;
using Status = Google.Rpc.Status;

namespace ClusterPulse.Gateway.OpenApi;

/// <summary>Methods that HTTP reaches, as an OpenAPI document.</summary>
internal sealed class ApiDocument
{
    private const string Json = "application/json";

    private readonly OpenApiDocument _document;
    private readonly ApiComments _comments = new();
    private readonly ApiSchemas _schemas;

    private ApiDocument()
    {
        _document = new()
        {
            Info = new()
            {
                Title = "ClusterPulse",
                Version = "v1",
                Description = "Industrial clusters in real time · 产业集群实时监测. The same methods as clusterpulse.v1 over gRPC, but for streams from "
                    + "clients. 64-bit integers are strings. A method that streams answers with newline-delimited JSON: an object on each line.",
            },
            Paths = [],
            Tags = new HashSet<OpenApiTag>(),
        };
        _schemas = new(_document, _comments);
        _document.AddComponent<IOpenApiSecurityScheme>("bearer", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "Where the gateway asks who calls.",
        });
        // An empty one: also without, where the gateway is open on loopback or knows callers by their certificate.
        _document.Security = [[], new() { [new OpenApiSecuritySchemeReference("bearer", _document)] = [] }];
    }

    /// <param name="methods">Each method with each rule that leads to it.</param>
    public static OpenApiDocument Of(IEnumerable<(MethodDescriptor Method, HttpRule Rule)> methods)
    {
        var made = new ApiDocument();
        foreach (var bindings in methods.GroupBy(m => m.Method.FullName).OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var (method, rule) in bindings)
                made.Add(method, rule, ++number);
        }
        return made._document;
    }

    /// <summary>The verb and the path of a rule.</summary>
    public static (HttpMethod Verb, string Pattern) Target(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => (HttpMethod.Get, rule.Get),
        HttpRule.PatternOneofCase.Put => (HttpMethod.Put, rule.Put),
        HttpRule.PatternOneofCase.Post => (HttpMethod.Post, rule.Post),
        HttpRule.PatternOneofCase.Delete => (HttpMethod.Delete, rule.Delete),
        HttpRule.PatternOneofCase.Patch => (HttpMethod.Patch, rule.Patch),
        _ => (new(rule.Custom.Kind), rule.Custom.Path),
    };

    private void Add(MethodDescriptor method, HttpRule rule, int number)
    {
        var (verb, pattern) = Target(rule);
        var template = PathTemplate.Of(pattern);
        var comment = _comments.Of(method);
        var operation = new OpenApiOperation
        {
            OperationId = number == 1 ? method.Name : $"{method.Name}{number}",
            Summary = comment,
            Tags = new HashSet<OpenApiTagReference> { Tag(method.Service) },
            Parameters = [.. template.Parameters.Select(PathParameter), .. QueryParameters(method.InputType, template, rule.Body)],
            RequestBody = Body(method.InputType, rule.Body),
            Responses = new()
            {
                ["200"] = new OpenApiResponse
                {
                    Description = method.IsServerStreaming ? "Newline-delimited JSON, an object on each line" : "The answer",
                    Content = Content(_schemas.Of(method.OutputType)),
                },
                ["default"] = new OpenApiResponse
                {
                    Description = "An error, with details that say field, value, rule and what to do, in Chinese and English",
                    Content = Content(_schemas.Of(Status.Descriptor)),
                },
            },
        };
        if (!_document.Paths.TryGetValue(template.Path, out var item))
            _document.Paths[template.Path] = item = new OpenApiPathItem();
        ((OpenApiPathItem)item).AddOperation(verb, operation);
    }

    private OpenApiTagReference Tag(Google.Protobuf.Reflection.ServiceDescriptor service)
    {
        if (_document.Tags!.All(t => t.Name != service.Name))
            _document.Tags!.Add(new() { Name = service.Name, Description = _comments.Of(service) });
        return new(service.Name, _document);
    }

    private static OpenApiParameter PathParameter(string name) => new()
    {
        Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    /// <summary>Every field that neither the path nor the body gives.</summary>
    private IEnumerable<OpenApiParameter> QueryParameters(MessageDescriptor message, PathTemplate template, string body) =>
        body == "*" ? [] : QueryParameters(message, "", "", template.Fields.Append(body).ToHashSet(StringComparer.Ordinal));

    private IEnumerable<OpenApiParameter> QueryParameters(MessageDescriptor message, string path, string jsonPath, HashSet<string> given)
    {
        foreach (var field in message.Fields.InDeclarationOrder().Where(f => !given.Contains(path + f.Name) && !f.IsMap))
        {
            if (field.FieldType == FieldType.Message && ApiSchemas.WellKnown(field.MessageType) is null)
            {
                if (!field.IsRepeated)
                {
                    foreach (var inner in QueryParameters(field.MessageType, $"{path}{field.Name}.", $"{jsonPath}{field.JsonName}.", given))
                        yield return inner;
                }
                continue;
            }
            yield return new()
            {
                Name = jsonPath + field.JsonName, In = ParameterLocation.Query, Description = _comments.Of(field), Schema = _schemas.Of(field),
            };
        }
    }

    private OpenApiRequestBody? Body(MessageDescriptor message, string body)
    {
        if (body.Length == 0)
            return null;
        var schema = body == "*" ? _schemas.Of(message) : _schemas.Of(message.FindFieldByName(body));
        return new() { Required = true, Content = Content(schema) };
    }

    private static Dictionary<string, IOpenApiMediaType> Content(IOpenApiSchema schema) => new() { [Json] = new OpenApiMediaType { Schema = schema } };
}
