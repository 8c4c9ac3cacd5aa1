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
    using System.Threading.Tasks;

    public enum OutcomeType { Successful, Failure }

    public class PolicyResult<T>
    {
        public OutcomeType Outcome = OutcomeType.Successful;
        public T Result = default(T);
        public Exception FinalException = null;
    }

    public interface ISyncPolicy<T> { }

    public interface IAsyncPolicy<T>
    {
        Task<PolicyResult<T>> ExecuteAndCaptureAsync(Func<Task<T>> action);
    }
}
