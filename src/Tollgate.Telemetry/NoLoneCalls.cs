using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Tollgate.Telemetry;

/// <summary>
/// Records what comes in and what the loops take up, with all that follows from it; a statement or a call that belongs
/// to none of them is not worth a trace, and the loops poll several times a second.
/// </summary>
internal sealed class NoLoneCalls : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
