variable "role_name" {
  description = "Name of the role"
  type        = string
  default     = "kintone-sso-sync"
}

variable "ci_system" {
  description = "Whose tokens the role trusts: github or azure-devops"
  type        = string
  default     = "github"

  validation {
    condition     = contains(["github", "azure-devops"], var.ci_system)
    error_message = "It must be github or azure-devops."
  }
}

variable "existing_provider_arn" {
  description = "ARN of the account's OpenID Connect provider for that issuer; empty to create it (there can be one only)"
  type        = string
  default     = ""
}

variable "instance_arn" {
  description = "ARN of the IAM Identity Center instance"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:sso:::instance/(sso)?ins-[A-Za-z0-9.-]{16}$", var.instance_arn))
    error_message = "It must be the ARN of an instance, e.g. arn:aws:sso:::instance/ssoins-0123456789abcdef."
  }
}

variable "owner" {
  description = "Value of the owner tag, as in the configuration; the default there is the host and app of the permission-set app"
  type        = string

  validation {
    condition     = var.owner != ""
    error_message = "It must not be empty."
  }
}

variable "management_account" {
  description = "Id of the organization's management account"
  type        = string

  validation {
    condition     = can(regex("^\\d{12}$", var.management_account))
    error_message = "It must have 12 digits."
  }
}

variable "protected_accounts" {
  description = "Ids of further accounts that must never be written to, also the one that holds the memory if it is another"
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for account in var.protected_accounts : can(regex("^\\d{12}$", account))])
    error_message = "Each must have 12 digits."
  }
}

variable "allow_own_account" {
  description = "Whether it may write to the account that it is in, as identityCenter.allowOwnAccount"
  type        = bool
  default     = false
}

variable "memory_object" {
  description = "Empty to make a bucket for the memory; bucket/key of one in S3 that is there; none without"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^none$|^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[^*?]+$", var.memory_object))
    error_message = "It must be bucket/key, none or empty."
  }
}

variable "audit_prefix" {
  description = "bucket/prefix/ of the audit in S3 in a bucket that is there"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([^*?]+/)?$", var.audit_prefix))
    error_message = "It must be bucket/prefix/ or empty."
  }
}

variable "audit_retention_days" {
  description = "Makes a bucket for the audit in which nobody can change or delete an object for so many days; 0 for none"
  type        = number
  default     = 0

  validation {
    condition     = var.audit_retention_days >= 0 && var.audit_retention_days <= 3650
    error_message = "It must be a number of days, 3650 at most."
  }
}

variable "take_over" {
  description = "Whether it may take over permission sets that nobody owns, which adopt and import need"
  type        = bool
  default     = false
}

variable "adopter_arn" {
  description = "ARN of the role with which people run adopt and import; the memory that is made lets it in too"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^arn:aws[a-z-]*:iam::\\d{12}:role/[^*?]+$", var.adopter_arn))
    error_message = "It must be the ARN of a role or empty."
  }
}

variable "kms_key_arn" {
  description = "ARN of the customer managed key that encrypts the instance; empty without"
  type        = string
  default     = ""
}

variable "github_owner" {
  description = "Owner of the repository"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]*$", var.github_owner))
    error_message = "It must be a name of GitHub."
  }
}

variable "github_owner_id" {
  description = "gh api repos/OWNER/NAME --jq .owner.id"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^\\d*$", var.github_owner_id))
    error_message = "It must be a number."
  }
}

variable "github_repository" {
  description = "Name of the repository, without its owner"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]*$", var.github_repository))
    error_message = "It must be a name of GitHub, without its owner."
  }
}

variable "github_repository_id" {
  description = "gh api repos/OWNER/NAME --jq .id"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^\\d*$", var.github_repository_id))
    error_message = "It must be a number."
  }
}

variable "github_environment" {
  description = "The job's environment; restrict it to the default branch. Empty to trust a branch instead"
  type        = string
  default     = "kintone-sso-sync"

  validation {
    condition     = can(regex("^[^:*?]*$", var.github_environment))
    error_message = "It must not hold a colon or a wildcard."
  }
}

variable "github_branch" {
  description = "Counts only without an environment"
  type        = string
  default     = "main"

  validation {
    condition     = can(regex("^[^:*?]+$", var.github_branch))
    error_message = "It must not hold a colon or a wildcard."
  }
}

variable "azure_devops_organization" {
  description = "Name of the organization"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[^*?]*$", var.azure_devops_organization))
    error_message = "It must not hold a wildcard."
  }
}

variable "azure_devops_organization_id" {
  description = "GUID of the organization, in lower case"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$", var.azure_devops_organization_id))
    error_message = "It must be a GUID in lower case."
  }
}

variable "azure_devops_project" {
  description = "Name of the project"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[^*?]*$", var.azure_devops_project))
    error_message = "It must not hold a wildcard."
  }
}

variable "azure_devops_service_connection" {
  description = "Name of the service connection"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[^*?]*$", var.azure_devops_service_connection))
    error_message = "It must not hold a wildcard."
  }
}
