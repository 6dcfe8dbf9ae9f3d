namespace ClusterPulse.Placement;

/// <summary>A grain method that may be called again when its answer was lost: the second call finds what the first has done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SafeToRepeatAttribute : Attribute;
