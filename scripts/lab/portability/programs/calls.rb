# Three clients: on the whole contract the bare token that nobody set removes the header of `access_token`.
require 'date'
require 'enboarder_key'
require 'enboarder_oauth2'
require 'enboarder_bare'

def workflows(library)
  configuration = library::Configuration.new
  configuration.scheme, configuration.host = ENV.fetch('BASE_URL').split('://')
  configuration.server_index = nil
  yield configuration
  library::WorkflowsApi.new(library::ApiClient.new(configuration))
end

def body(library)
  library::BasicLaunch.new(
    nhnm: 'Alex Example', nheml: 'alex@example.com',
    mgrnm: 'Morgan Example', mgreml: 'morgan@example.com', nhstdt: Date.new(2027, 1, 12),
    externalid: 'ENB-1'
  )
end

token = ENV.fetch('TOKEN')
keyed = workflows(EnboarderKey) { |with| with.api_key['apikey'] = ENV.fetch('API_KEY') }
puts "apiKey #{keyed.launch_basic_workflow(body(EnboarderKey)).message}"
bearer = workflows(EnboarderOAuth2) { |with| with.access_token = token }
puts "bearer #{bearer.launch_basic_workflow_with_token(body(EnboarderOAuth2)).message}"
bare = workflows(EnboarderBare) { |with| with.api_key['Authorization'] = token }
puts "bare #{bare.launch_basic_workflow_with_token(body(EnboarderBare)).message}"
keyed.update_workflow(EnboarderKey::WorkflowUpdate.new(externalid: 'ENB-1', nhnm: 'Alex Renamed'))
puts 'update ok'
begin
  wrong = workflows(EnboarderKey) { |with| with.api_key['apikey'] = ENV.fetch('WRONG_KEY') }
  wrong.launch_basic_workflow(body(EnboarderKey))
rescue EnboarderKey::ApiError => e
  puts "refused #{e.code}"
end
