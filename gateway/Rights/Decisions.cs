using ClusterPulse.Access;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Has decisions say who made them: where callers show who they are, the principal, and whom he names besides.</summary>
internal static class Decisions
{
    private static readonly string[] Fields = ["decided_by", "closed_by"];

    /// <summary>Completes a request that is a decision; leaves others as they are.</summary>
    public static void Sign(IMessage request, Caller caller)
    {
        if (caller.IsTrial)
            return;
        foreach (var name in Fields)
        {
            if (request.Descriptor.FindFieldByName(name) is not { FieldType: FieldType.String, IsRepeated: false } field)
                continue;
            var named = (string)field.Accessor.GetValue(request);
            if (named != caller.Id)
                field.Accessor.SetValue(request, named.Length == 0 ? caller.Id : $"{named} ({caller.Id})");
        }
    }
}
