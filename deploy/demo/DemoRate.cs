namespace ClusterPulse.Demo;

/// <summary>What money of a currency is converted with in a month.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Target">ISO 4217.</param>
/// <param name="Period">YYYY-MM.</param>
/// <param name="Rate">Units of the target for one of the currency.</param>
public sealed record DemoRate(string Currency, string Target, string Period, double Rate);
