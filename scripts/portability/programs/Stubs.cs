// Two libraries that the generated C# client names and that no registry at hand has. They are never called here.
namespace JsonSubTypes
{
    public class JsonSubtypes : Newtonsoft.Json.JsonConverter
    {
        public JsonSubtypes() { }
        public JsonSubtypes(string discriminator) { }
        public override bool CanConvert(System.Type type) { return false; }
        public override object ReadJson(
            Newtonsoft.Json.JsonReader reader, System.Type type, object value, Newtonsoft.Json.JsonSerializer serializer)
        {
            return null;
        }
        public override void WriteJson(
            Newtonsoft.Json.JsonWriter writer, object value, Newtonsoft.Json.JsonSerializer serializer) { }
    }
}

namespace Polly
{
    using System;
    using System.Threading;
    using System.Threading.Tasks;

    public enum OutcomeType { Successful, Failure }

    public class PolicyResult<T>
    {
        public OutcomeType Outcome = OutcomeType.Successful;
        public T Result = default(T);
        public Exception FinalException = null;
    }

    public abstract class Policy<T>
    {
        public abstract PolicyResult<T> ExecuteAndCapture(Func<T> action);
    }

    public abstract class AsyncPolicy<T>
    {
        public abstract Task<PolicyResult<T>> ExecuteAndCaptureAsync(Func<CancellationToken, Task<T>> action, CancellationToken cancellation);
    }
}
