<?php

declare(strict_types=1);

use EnboarderRestApi\ApiError;
use EnboarderRestApi\BasicLaunch;
use EnboarderRestApi\Client;
use EnboarderRestApi\Config;
use EnboarderRestApi\WorkflowUpdate;

require __DIR__ . '/client.php';

$client = fn (array $auth): Client => new Client(new Config(serverUrl: getenv('BASE_URL'), auth: $auth));
$body = new BasicLaunch(
    nhnm: 'Alex Example',
    nheml: 'alex@example.com',
    mgrnm: 'Morgan Example',
    mgreml: 'morgan@example.com',
    nhstdt: '2027-01-12',
    externalid: 'ENB-1',
);
$token = getenv('TOKEN');
echo 'apiKey ', $client(['apiKey' => ['apiKey' => getenv('API_KEY')]])->launchBasicWorkflow($body)->message, "\n";
echo 'bearer ', $client(['bearer' => $token])->launchBasicWorkflowWithToken($body)->message, "\n";
echo 'bare ', $client(['apiKey' => ['accessToken' => $token]])->launchBasicWorkflowWithToken($body)->message, "\n";
$change = new WorkflowUpdate(externalid: 'ENB-1', nhnm: 'Alex Renamed');
$client(['apiKey' => ['apiKey' => getenv('API_KEY')]])->updateWorkflow($change);
echo "update ok\n";
try {
    $client(['apiKey' => ['apiKey' => getenv('WRONG_KEY')]])->launchBasicWorkflow($body);
} catch (ApiError $refused) {
    echo 'refused ', $refused->status, "\n";
}
