using System.Security.Cryptography;

namespace ClusterPulse.Gateway.Login;

/// <summary>Where a login of a device stands.</summary>
internal enum DeviceState
{
    /// <summary>There is no such code, or it was used.</summary>
    Unknown,

    /// <summary>It is too old.</summary>
    Expired,

    /// <summary>Nobody has decided yet.</summary>
    Pending,

    /// <summary>It asks more often than it may.</summary>
    TooSoon,

    /// <summary>Somebody has said no.</summary>
    Refused,

    /// <summary>Somebody has said who he is.</summary>
    Approved,
}

/// <summary>Logins of devices under way (RFC 8628), in memory: a restart means to begin again.</summary>
internal sealed class DeviceCodes(TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int MostPending = 100;
    // No vowels, so that no words come out, and nothing that is taken for something else.
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Login> _byDevice = new(StringComparer.Ordinal);

    /// <summary>Begins a login; null where too many are under way.</summary>
    public (string DeviceCode, string UserCode)? Begin()
    {
        lock (_lock)
        {
            foreach (var (code, _) in _byDevice.Where(l => l.Value.Expires <= time.GetUtcNow()).ToList())
                _byDevice.Remove(code);
            if (_byDevice.Count >= MostPending)
                return null;
            var device = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            var user = RandomNumberGenerator.GetString(Letters, 8).Insert(4, "-");
            _byDevice[device] = new(user, time.GetUtcNow() + Life);
            return (device, user);
        }
    }

    /// <summary>Somebody decides.</summary>
    /// <param name="userCode">As he reads it off the device.</param>
    /// <param name="principal">Who he is; null: he says no.</param>
    /// <returns>False where no login waits by that code.</returns>
    public bool Decide(string userCode, string? principal)
    {
        lock (_lock)
        {
            var wanted = userCode.Trim().ToUpperInvariant();
            if (_byDevice.Values.FirstOrDefault(l => l.UserCode == wanted && !l.IsDecided && l.Expires > time.GetUtcNow()) is not { } login)
                return false;
            (login.IsDecided, login.Principal) = (true, principal);
            return true;
        }
    }

    /// <summary>The device asks; a decision is told once.</summary>
    public (DeviceState State, string? Principal) Ask(string deviceCode)
    {
        lock (_lock)
        {
            if (!_byDevice.TryGetValue(deviceCode, out var login))
                return (DeviceState.Unknown, null);
            var now = time.GetUtcNow();
            if (login.Expires <= now)
                return (DeviceState.Expired, null);
            if (login.IsDecided)
            {
                _byDevice.Remove(deviceCode);
                return (login.Principal is null ? DeviceState.Refused : DeviceState.Approved, login.Principal);
            }
            var tooSoon = now - login.Asked < Interval;
            login.Asked = now;
            return (tooSoon ? DeviceState.TooSoon : DeviceState.Pending, null);
        }
    }

    private sealed class Login(string userCode, DateTimeOffset expires)
    {
        public string UserCode => userCode;

        public DateTimeOffset Expires => expires;

        public DateTimeOffset Asked { get; set; }

        public bool IsDecided { get; set; }

        public string? Principal { get; set; }
    }
}
