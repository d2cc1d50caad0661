namespace InfoMetis.Release.Benchmarks;

/// <summary>A number that would not mean what it says is not reported.</summary>
internal sealed class MeasuringException(string message) : Exception(message);
