using Orleans.GrainReferences;

namespace ClusterPulse.Enterprises;

/// <summary>References to enterprises. The grain factory looks the interface's type up by reflection at each reference: decision 0020.</summary>
public sealed class EnterpriseReferences(IGrainFactory grains, GrainReferenceActivator activator)
{
    private readonly GrainReference _any = (GrainReference)grains.GetGrain<IEnterpriseGrain>("any");

    /// <summary>The enterprise of an id.</summary>
    public IEnterpriseGrain Of(string id) => (IEnterpriseGrain)activator.CreateReference(GrainId.Create(_any.GrainId.Type, id), _any.InterfaceType);
}
