using System.Text;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.OpenApi;

namespace ClusterPulse.Gateway.OpenApi;

/// <summary>Serves the document of what this gateway serves.</summary>
public static class OpenApiEndpoint
{
    /// <summary>Where it is.</summary>
    public const string Path = "/openapi.json";

    /// <summary>Maps it. It is made when it is first asked for, of the routes that there are then.</summary>
    public static IEndpointConventionBuilder MapOpenApiDocument(this WebApplication app)
    {
        var json = new Lazy<Task<string>>(() => WriteAsync(app.Services.GetRequiredService<EndpointDataSource>()));
        return app.MapGet(Path, async () => TypedResults.Text(await json.Value, "application/json", Encoding.UTF8));
    }

    private static Task<string> WriteAsync(EndpointDataSource routes) => ApiDocument
        .Of(routes.Endpoints.Select(e => e.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>()).OfType<GrpcJsonTranscodingMetadata>()
            .Select(m => (m.MethodDescriptor, m.HttpRule)))
        .SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0, CancellationToken.None);
}
