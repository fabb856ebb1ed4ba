const prefixes = new Set(
  `a4b access-analyzer account acm acm-pca airflow amplify aoss apigateway app-integrations appconfig appfabric appflow
  application-autoscaling applicationinsights appmesh apprunner appstream appsync aps artifact athena auditmanager
  autoscaling autoscaling-plans aws-marketplace aws-portal backup backup-gateway batch bcm-data-exports bedrock
  bedrock-agentcore billing budgets cassandra ce chatbot chime cloud9 clouddirectory cloudformation cloudfront
  cloudhsm cloudsearch cloudshell cloudtrail cloudtrail-data cloudwatch codeartifact codebuild codecatalyst codecommit
  codeconnections codedeploy codeguru codeguru-reviewer codepipeline codestar codestar-connections
  codestar-notifications cognito-identity cognito-idp cognito-sync comprehend compute-optimizer config connect
  consolidatedbilling controltower cost-optimization-hub cur databrew dataexchange datapipeline datasync datazone dax
  dbqms deepracer detective devicefarm devops-guru directconnect discovery dlm dms docdb-elastic drs ds ds-data
  dynamodb ebs ec2 ec2-instance-connect ec2messages ecr ecr-public ecs eks elasticache elasticbeanstalk
  elasticfilesystem elasticloadbalancing elasticmapreduce elastictranscoder emr-containers emr-serverless es events
  evidently execute-api firehose fis fms forecast freetier fsx gamelift geo glacier globalaccelerator glue grafana
  greengrass groundstation guardduty health healthlake iam identity-sync identitystore identitystore-auth imagebuilder
  importexport inspector inspector2 internetmonitor invoicing iot iotanalytics iotevents iotsitewise iotwireless ivs
  kafka kafka-cluster kafkaconnect kendra kinesis kinesisanalytics kinesisvideo kms lakeformation lambda lex
  license-manager lightsail logs lookoutmetrics m2 macie2 mediaconnect mediaconvert medialive mediapackage mediastore
  memorydb mgh mgn mobiletargeting mq neptune-db network-firewall networkmanager notifications oam
  opensearch opsworks organizations osis outposts payment-appflow payments personalize pi pipes polly pricing profile
  purchase-orders q qbusiness qldb quicksight ram rbin rds rds-data rds-db redshift redshift-data redshift-serverless
  rekognition resiliencehub resource-explorer-2 resource-groups rolesanywhere route53 route53-recovery-control-config
  route53domains route53profiles route53resolver rum s3 s3-object-lambda s3-outposts s3express s3tables sagemaker
  savingsplans scheduler schemas sdb secretsmanager securityhub securitylake serverlessrepo servicecatalog
  servicediscovery serviceextract servicequotas ses shield signer signin simspaceweaver sms-voice snowball sns
  sqlworkbench sqs ssm ssm-contacts ssm-incidents ssm-quicksetup ssm-sap ssmmessages sso sso-directory sso-oauth states
  storagegateway sts support supportplans sustainability swf synthetics tag tax textract timestream transcribe transfer
  translate trustedadvisor user-subscriptions verifiedpermissions vpc-lattice waf waf-regional wafv2 wellarchitected
  wisdom workdocs workmail workspaces workspaces-web xray`.split(/\s+/),
);

/**
 * Whether actions of this prefix exist, as far as the sandbox knows.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function isServicePrefix(prefix: string): boolean {
  return prefixes.has(prefix.toLowerCase());
}
