using ClusterPulse.Gateway.Rights;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace ClusterPulse.SystemTests.Access;

/// <summary>Calls any method of any service, whatever its kind, and says with which status it answers first.</summary>
internal static class RawCall
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(b => b, b => b);

    /// <summary>The status; OK where the first message came.</summary>
    public static async Task<Status> RunAsync(CallInvoker invoker, MethodDescriptor method, IMessage request, Metadata? headers)
    {
        var kind = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (false, true) => MethodType.ServerStreaming,
            (true, true) => MethodType.DuplexStreaming,
            _ => throw new NotSupportedException(method.FullName),
        };
        var raw = new Method<byte[], byte[]>(kind, method.Service.FullName, method.Name, Bytes, Bytes);
        var options = new CallOptions(headers, DateTime.UtcNow.AddSeconds(60));
        try
        {
            switch (kind)
            {
                case MethodType.Unary:
                    using (var unary = invoker.AsyncUnaryCall(raw, null, options, request.ToByteArray()))
                        await unary.ResponseAsync;
                    break;
                case MethodType.ServerStreaming:
                    using (var stream = invoker.AsyncServerStreamingCall(raw, null, options, request.ToByteArray()))
                        await stream.ResponseStream.MoveNext(CancellationToken.None);
                    break;
                default:
                    using (var duplex = invoker.AsyncDuplexStreamingCall(raw, null, options))
                    {
                        try
                        {
                            await duplex.RequestStream.WriteAsync(request.ToByteArray());
                            await duplex.RequestStream.CompleteAsync();
                        }
                        catch (RpcException)
                        {
                            // Refused before all was sent; the answer says why.
                        }
                        await duplex.ResponseStream.MoveNext(CancellationToken.None);
                    }
                    break;
            }
            return Status.DefaultSuccess;
        }
        catch (RpcException e)
        {
            return e.Status;
        }
    }

    /// <summary>A request whose fields that the table asks about name things of one prefecture and bureau.</summary>
    /// <param name="method">The method.</param>
    /// <param name="right">Its row.</param>
    /// <param name="code">Code of the prefecture, and of its bureau.</param>
    /// <param name="named">Names the bureau also where that may be left out.</param>
    public static IMessage Request(MethodDescriptor method, MethodRight right, string code, bool named = true)
    {
        var request = method.InputType.Parser.ParseFrom([]);
        foreach (var scope in right.Scopes.Where(s => s.Field.Length > 0 && (named || s.Kind != ScopeKind.BureauIfNamed)))
            Set(request, scope.Field, Name(scope, code));
        return request;
    }

    private static string Name(Scope scope, string code) => scope.Kind switch
    {
        ScopeKind.Bureau or ScopeKind.BureauIfNamed =>
            scope.Field is "name" or "submission" ? $"bureaus/{code}/submissions/none" : $"bureaus/{code}",
        ScopeKind.Enterprise or ScopeKind.WrittenEnterprise => "enterprises/org-" + Firm(code),
        ScopeKind.Report or ScopeKind.WrittenReport => $"enterprises/org-{Firm(code)}/reports/output.2004-10",
        _ => $"regions/{code}",
    };

    /// <summary>A firm that lies there.</summary>
    public static string Firm(string code) => "99999" + code;

    private static void Set(IMessage message, string path, string value)
    {
        var parts = path.Split('.');
        for (var i = 0; i < parts.Length - 1; i++)
        {
            var field = message.Descriptor.FindFieldByName(parts[i]);
            if (field.Accessor.GetValue(message) is not IMessage inner)
                field.Accessor.SetValue(message, inner = field.MessageType.Parser.ParseFrom([]));
            message = inner;
        }
        var last = message.Descriptor.FindFieldByName(parts[^1]);
        if (last.IsRepeated)
            ((IList<string>)last.Accessor.GetValue(message)).Add(value);
        else
            last.Accessor.SetValue(message, value);
    }
}
