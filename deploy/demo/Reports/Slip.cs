using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Reports;

/// <summary>One report to be sent, before it is written.</summary>
/// <param name="Firm">Who reports.</param>
/// <param name="Feed">About what.</param>
/// <param name="Month">About which month.</param>
/// <param name="Revision">1, or 2 for a correction.</param>
/// <param name="Corrected">Revision 1 of what is corrected later: its content is a first guess.</param>
internal readonly record struct Slip(Firm Firm, Feed Feed, int Month, int Revision, bool Corrected);
