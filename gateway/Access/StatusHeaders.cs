using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace ClusterPulse.Access;

/// <summary>A gRPC response of headers alone, as the protocol has it for calls that are refused.</summary>
public static class StatusHeaders
{
    /// <summary>Header of the status's number.</summary>
    public const string Number = "grpc-status";

    /// <summary>Makes a response that has not started one that says the status.</summary>
    public static void Write(HttpResponse response, Google.Rpc.Status status)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers[Number] = status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(status.Message).Replace("%20", " ", StringComparison.Ordinal);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray());
    }
}
