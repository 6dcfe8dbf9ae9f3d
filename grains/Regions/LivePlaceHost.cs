using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;
using ClusterPulse.Registry;

namespace ClusterPulse.Regions;

/// <summary>Ties a <see cref="LivePlace"/> to the life of the grain activation that owns it.</summary>
internal sealed class LivePlaceHost(LivePlaceFactory factory)
{
    private LivePlace? _place;

    public LivePlace Place => _place ?? throw new InvalidOperationException("the place is not active");

    /// <summary>Loading goes on in the background: an activation that waited for it could be cut off.</summary>
    public Task StartAsync(string place, IGrainContext activation)
    {
        _place = factory.Create(place);
        factory.Places.Add(_place, () => activation.Migrate(null));
        _ = _place.EnsureLoadedAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        // What it has beyond its checkpoint is in the log; the next activation takes it from there.
        if (_place is not null)
            factory.Places.Remove(_place);
        return Task.CompletedTask;
    }
}

/// <summary>Makes the live part of a place activation.</summary>
public sealed class LivePlaceFactory(
    LivePlaces places, IFactStore store, PlaceFiguresFactory figures, PulseMetrics metrics, ReferenceData reference,
    SharedTablesSource tables, TimeProvider time)
{
    /// <summary>Activations of this silo.</summary>
    public LivePlaces Places => places;

    public LivePlace Create(string place) =>
        new(Identify(place), new Aggregator(place, store), store, figures, metrics, time);

    private PlaceIdentity Identify(string place)
    {
        var code = Aggregation.Places.Code(place);
        if (Aggregation.Places.IsEstate(place))
        {
            if (!tables.Current.Estates.TryGetValue(code, out var estate))
                return new(place, "estate", null, code, code, code);
            var path = reference.Regions.TryGet(estate.Region, out var region) ? $"{region.PathZh}·{estate.NameZh}" : estate.NameZh;
            return new(place, "estate", Aggregation.Places.Region(estate.Region), estate.NameZh, estate.NameEn, path);
        }
        return reference.Regions.TryGet(code, out var found)
            ? new(place, found.Level.Word(), found.Parent is { } parent ? Aggregation.Places.Region(parent.Code) : null,
                found.NameZh, found.NameEn, found.PathZh)
            : throw new ArgumentException($"region '{code}' is not in the tree", nameof(place));
    }
}
