using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>What several places that all failed come to. Unknown is never absent: "not there" needs every place to say so.</summary>
internal sealed class Verdict
{
    private readonly List<(string Place, ReleaseException Failure, int Tried)> _failures = [];

    /// <summary>Whether the next place may do better: the registry failed, or what it served is not what was asked for.</summary>
    public static bool BlamesSource(ReleaseException exception) =>
        exception.InnerException is RegistryFault || ExitCodes.Of(exception.Finding.Code) is ExitCode.Integrity;

    public void Add(string place, ReleaseException failure, int tried) => _failures.Add((place, failure, tried));

    /// <summary>The last failure as a warning, since there is another place to ask.</summary>
    public Finding Notice(string subject)
    {
        var (place, failure, tried) = _failures[^1];
        var why = failure.InnerException is RegistryFault fault ? fault.Sum(tried, []) : failure.Finding;
        return IsIntegrity(failure)
            ? Message.MirrorRefused(subject, place, why)
            : Message.MirrorPassedOver(subject, place, why);
    }

    public ReleaseException Sum()
    {
        var decisive =
            _failures.FindLastIndex(f => ExitCodes.Of(f.Failure.Finding.Code) is ExitCode.RegistryNotAsked)
                is var unknown
                    and >= 0
                ? unknown
            : _failures.FindLastIndex(f => IsIntegrity(f.Failure)) is var wrong and >= 0 ? wrong
            : _failures.FindLastIndex(f => f.Failure.Finding.Code is not Codes.RegistryNotFound) is var refused and >= 0
                ? refused
            : _failures.Count - 1;
        var (_, failure, tried) = _failures[decisive];
        if (failure.InnerException is not RegistryFault fault)
            return failure;
        var others = _failures
            .Where((_, index) => index != decisive)
            .Select(f => Message.OtherPlace(f.Place, f.Failure.Finding));
        return new ReleaseException(fault.Sum(tried, [.. others]), fault);
    }

    private static bool IsIntegrity(ReleaseException failure) =>
        ExitCodes.Of(failure.Finding.Code) is ExitCode.Integrity;
}
