using ClusterPulse.Explain;
using ClusterPulse.Regions;
using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>Explanations as messages.</summary>
internal static class ChangeMessages
{
    /// <param name="explanation">What changed the figure.</param>
    /// <param name="health">Whose figure it is.</param>
    /// <param name="indicator">Id.</param>
    public static ExplainChangeResponse ToMessage(this Explanation explanation, PlaceHealth health, string indicator)
    {
        var message = new ExplainChangeResponse
        {
            Then = Observation(explanation.Then),
            Now = Observation(explanation.Now),
            Method = (V1.ExplainMethod)explanation.Method,
        };
        if (explanation.Change is { } change)
            message.Change = change;
        if (explanation.SuspectShare is { } share)
            message.SuspectShare = share;
        message.Parts.AddRange(explanation.Parts.Select(ToMessage));
        return message;

        Observation Observation(PlaceFigure? figure) => figure is null
            ? new() { Name = health.Place, Indicator = HealthMessages.Prefix + indicator, Unavailable = Unavailable.NotApplicable }
            : HealthMessages.ToMessage(health, figure);
    }

    private static V1.ExplainedPart ToMessage(Explain.ExplainedPart part)
    {
        var message = new V1.ExplainedPart
        {
            Kind = (V1.PartKind)part.Kind,
            Name = part.Name,
            DisplayName = new() { Zh = part.NameZh, En = part.NameEn },
            Contribution = part.Contribution,
        };
        if (part.NumeratorEffect is { } numerator)
            message.NumeratorEffect = numerator;
        if (part.DenominatorEffect is { } denominator)
            message.DenominatorEffect = denominator;
        message.OperandsThen.AddRange(part.Then.Select(HealthMessages.ToMessage));
        message.OperandsNow.AddRange(part.Now.Select(HealthMessages.ToMessage));
        // A silo of an older build gives none.
        message.Events.AddRange((part.Events.IsDefault ? [] : part.Events).Select(e => new V1.EnterpriseEvent
        {
            What = (V1.EnterpriseEventKind)e.What,
            Period = e.Period.ToString(),
            From = e.From,
            To = e.To,
        }));
        return message;
    }
}
