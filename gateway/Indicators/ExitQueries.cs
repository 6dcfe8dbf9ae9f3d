using ClusterPulse.Enterprises;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using ClusterPulse.Validation;

namespace ClusterPulse.Gateway.Indicators;

/// <summary>Turns requests for what would be if somebody left into questions to the silos, and their answers into messages.</summary>
public sealed class ExitQueries(IGrainFactory grains, PlaceQueries queries, ReferenceData reference)
{
    /// <exception cref="Grpc.Core.RpcException">A field of the request is wrong, or it names a firm and the caller may not see any.</exception>
    public async Task<SimulateExitResponse> SimulateAsync(SimulateExitRequest request, FirmSight sight)
    {
        if (request.LeaverCase is SimulateExitRequest.LeaverOneofCase.Enterprise or SimulateExitRequest.LeaverOneofCase.Investor)
            sight.RequireFirms();
        var place = await queries.PlaceAsync(request.Name);
        var (leaver, code) = await LeaverAsync(request);
        // Names and the moment are the place's own.
        var health = await grains.PlaceGrain(place).GetHealthAsync(null);
        var figures = await grains.GetGrain<IExplainGrain>(0).SimulateExitAsync(new() { Place = place, Leaver = leaver, Code = code });
        var response = new SimulateExitResponse();
        foreach (var figure in figures)
        {
            if (sight.Hides(figure.Now.Indicator))
            {
                var hidden = HealthMessages.ToMessage(health, sight.Show(figure.Now));
                response.Figures.Add(new V1.SimulatedFigure { Now = hidden, Without = hidden.Clone() });
                continue;
            }
            var message = new V1.SimulatedFigure
            {
                Now = HealthMessages.ToMessage(health, figure.Now),
                Without = HealthMessages.ToMessage(health, figure.Now with { Figure = figure.Without }),
            };
            if (figure.Now.Figure.Value is { } now && figure.Without.Value is { } without)
                message.Change = without - now;
            response.Figures.Add(message);
        }
        return response;
    }

    private async Task<(Leaver Leaver, string Code)> LeaverAsync(SimulateExitRequest request)
    {
        switch (request.LeaverCase)
        {
            case SimulateExitRequest.LeaverOneofCase.SourceEconomy:
                return reference.Economies.TryGet(request.SourceEconomy, out _)
                    ? (Leaver.Source, request.SourceEconomy)
                    : throw Wrong("source_economy", request.SourceEconomy, Reasons.UnknownEconomy);
            case SimulateExitRequest.LeaverOneofCase.Industry:
                return reference.Industries.TryGet(request.Industry, out var industry) && industry.Level == "division"
                    ? (Leaver.Industry, request.Industry)
                    : throw Wrong("industry", request.Industry, Reasons.UnknownDivision);
            case SimulateExitRequest.LeaverOneofCase.Enterprise:
                var (id, reason) = EnterpriseName.Parse(request.Enterprise);
                if (id is null)
                    throw Wrong("enterprise", request.Enterprise, reason!);
                return await grains.GetGrain<IEnterpriseGrain>(id).GetAsync(null) is not null
                    ? (Leaver.Enterprise, id)
                    : throw RichErrors.NotFound(
                        $"enterprises/{id}", "The enterprise must be registered.", "企业须已登记。");
            case SimulateExitRequest.LeaverOneofCase.Investor:
                if (request.Investor.Length == 0)
                    throw Wrong("investor", "", Reasons.MissingField);
                return await grains.GetGrain<IExplainGrain>(0).IsInvestorAsync(request.Investor)
                    ? (Leaver.Investor, request.Investor)
                    : throw RichErrors.NotFound(
                        request.Investor, "A report of FDI must name the investor, spelled the same.", "须有外资报表以相同名称填报该投资者。");
            default:
                throw Wrong("leaver", "", Reasons.MissingField);
        }
    }

    private static Grpc.Core.RpcException Wrong(string field, string value, string reason) =>
        RichErrors.Invalid(new Violation(field, value, reason));
}
