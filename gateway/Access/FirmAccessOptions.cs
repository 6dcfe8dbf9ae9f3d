using System.ComponentModel.DataAnnotations;

namespace ClusterPulse.Gateway.Access;

/// <summary>Who may see figures and names of single firms. Section <c>Access</c>.</summary>
public sealed class FirmAccessOptions
{
    /// <summary>Callers on the gateway's own machine alone unless said otherwise.</summary>
    [EnumDataType(typeof(FirmAudience))]
    public FirmAudience FirmFigures { get; set; } = FirmAudience.Loopback;
}

/// <summary>Which callers see single firms.</summary>
public enum FirmAudience
{
    /// <summary>None.</summary>
    Never = 0,

    /// <summary>Those whose peer address is loopback and who come through no proxy.</summary>
    Loopback = 1,

    /// <summary>All.</summary>
    Always = 2,
}
