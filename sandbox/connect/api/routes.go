package api

import "maps"

// operations are handlers by method and path.
type operations = map[string]func(call) (any, error)

// routes are the operations that are there; the tables read like the service's model.
func (s *server) routes() operations {
	all := operations{}
	for _, some := range []operations{
		s.instanceRoutes(), s.peopleRoutes(), s.routingRoutes(), queues{s}.queueUpdates(),
		profiles{s}.routingProfileUpdates(), s.numberRoutes(), s.contactRoutes(),
	} {
		maps.Copy(all, some)
	}
	return all
}

// instanceRoutes are about the instance itself, and what it is asked for but does not have.
func (s *server) instanceRoutes() operations {
	return operations{
		"GET /instance":                                     instances{s}.listInstances,
		"GET /instance/{instance}":                          instances{s}.describeInstance,
		"GET /instance/{instance}/attributes":               instances{s}.listAttributes,
		"GET /instance/{instance}/attribute/{id}":           instances{s}.describeAttribute,
		"POST /instance/{instance}/attribute/{id}":          instances{s}.updateAttribute,
		"GET /instance/{instance}/approved-origins":         instances{s}.listOrigins,
		"PUT /instance/{instance}/approved-origin":          instances{s}.approve,
		"DELETE /instance/{instance}/approved-origin":       instances{s}.disapprove,
		"GET /instance/{instance}/security-keys":            nothing("SecurityKeys"),
		"GET /instance/{instance}/lambda-functions":         nothing("LambdaFunctions"),
		"GET /instance/{instance}/lex-bots":                 nothing("LexBots"),
		"GET /instance/{instance}/bots":                     nothing("LexBots"),
		"GET /instance/{instance}/integration-associations": nothing("IntegrationAssociationSummaryList"),
		"GET /instance/{instance}/storage-configs":          nothing("StorageConfigs"),
		"GET /prompts-summary/{instance}":                   nothing("PromptSummaryList"),
		"GET /predefined-attributes/{instance}":             nothing("PredefinedAttributeSummaryList"),
		"GET /user-hierarchy-groups-summary/{instance}":     nothing("UserHierarchyGroupSummaryList"),
		"GET /contact-flow-modules-summary/{instance}":      nothing("ContactFlowModulesSummaryList"),
		"POST /tags/{arn}":                                  instances{s}.tag,
		"DELETE /tags/{arn}":                                instances{s}.untag,
		"GET /tags/{arn}":                                   instances{s}.listTags,
		"GET /user/federate/{instance}":                     instances{s}.federate,
	}
}

// peopleRoutes are about who works here, and what they may.
func (s *server) peopleRoutes() operations {
	return operations{
		"GET /agent-status/{instance}":                       statuses{s}.listStatuses,
		"PUT /agent-status/{instance}":                       statuses{s}.createStatus,
		"GET /agent-status/{instance}/{id}":                  statuses{s}.describeStatus,
		"POST /agent-status/{instance}/{id}":                 statuses{s}.updateStatus,
		"POST /search-agent-statuses":                        statuses{s}.searchStatuses,
		"GET /users-summary/{instance}":                      users{s}.listUsers,
		"PUT /users/{instance}":                              users{s}.createUser,
		"GET /users/{instance}/{id}":                         users{s}.describeUser,
		"DELETE /users/{instance}/{id}":                      users{s}.deleteUser,
		"POST /users/{instance}/{id}/identity-info":          users{s}.updateIdentity,
		"POST /users/{instance}/{id}/phone-config":           users{s}.updatePhone,
		"POST /users/{instance}/{id}/routing-profile":        users{s}.updateUserRouting,
		"POST /users/{instance}/{id}/security-profiles":      users{s}.updateUserSecurity,
		"PUT /users/{instance}/{id}/status":                  users{s}.putStatus,
		"POST /users/{instance}/{id}/contact":                users{s}.dismissContact,
		"POST /search-users":                                 users{s}.searchUsers,
		"GET /security-profiles-summary/{instance}":          users{s}.listSecurityProfiles,
		"PUT /security-profiles/{instance}":                  users{s}.createSecurityProfile,
		"GET /security-profiles/{instance}/{id}":             users{s}.describeSecurityProfile,
		"POST /security-profiles/{instance}/{id}":            users{s}.updateSecurityProfile,
		"DELETE /security-profiles/{instance}/{id}":          users{s}.deleteSecurityProfile,
		"GET /security-profiles-permissions/{instance}/{id}": users{s}.listPermissions,
		"POST /search-security-profiles":                     users{s}.searchSecurityProfiles,
	}
}

// routingRoutes are about where contacts wait, when, and who gets them.
func (s *server) routingRoutes() operations {
	return operations{
		"GET /routing-profiles-summary/{instance}":                    profiles{s}.listRoutingProfiles,
		"PUT /routing-profiles/{instance}":                            profiles{s}.createRoutingProfile,
		"GET /routing-profiles/{instance}/{id}":                       profiles{s}.describeRoutingProfile,
		"DELETE /routing-profiles/{instance}/{id}":                    profiles{s}.deleteRoutingProfile,
		"GET /routing-profiles/{instance}/{id}/queues":                profiles{s}.listRoutingProfileQueues,
		"POST /search-routing-profiles":                               profiles{s}.searchRoutingProfiles,
		"GET /queues-summary/{instance}":                              queues{s}.listQueues,
		"PUT /queues/{instance}":                                      queues{s}.createQueue,
		"GET /queues/{instance}/{id}":                                 queues{s}.describeQueue,
		"DELETE /queues/{instance}/{id}":                              queues{s}.deleteQueue,
		"GET /queues/{instance}/{id}/quick-connects":                  queues{s}.listQueueQuickConnects,
		"POST /search-queues":                                         queues{s}.searchQueues,
		"GET /quick-connects/{instance}":                              queues{s}.listQuickConnects,
		"PUT /quick-connects/{instance}":                              queues{s}.createQuickConnect,
		"GET /quick-connects/{instance}/{id}":                         queues{s}.describeQuickConnect,
		"POST /quick-connects/{instance}/{id}/name":                   queues{s}.updateQuickConnectName,
		"POST /quick-connects/{instance}/{id}/config":                 queues{s}.updateQuickConnectConfig,
		"DELETE /quick-connects/{instance}/{id}":                      queues{s}.deleteQuickConnect,
		"POST /search-quick-connects":                                 queues{s}.searchQuickConnects,
		"GET /hours-of-operations-summary/{instance}":                 hours{s}.listHours,
		"PUT /hours-of-operations/{instance}":                         hours{s}.createHours,
		"GET /hours-of-operations/{instance}/{id}":                    hours{s}.describeHours,
		"POST /hours-of-operations/{instance}/{id}":                   hours{s}.updateHours,
		"DELETE /hours-of-operations/{instance}/{id}":                 hours{s}.deleteHours,
		"GET /hours-of-operations/{instance}/{id}/overrides":          hours{s}.listOverrides,
		"PUT /hours-of-operations/{instance}/{id}/overrides":          hours{s}.createOverride,
		"GET /hours-of-operations/{instance}/{id}/overrides/{sub}":    hours{s}.describeOverride,
		"POST /hours-of-operations/{instance}/{id}/overrides/{sub}":   hours{s}.updateOverride,
		"DELETE /hours-of-operations/{instance}/{id}/overrides/{sub}": hours{s}.deleteOverride,
		"POST /search-hours-of-operations":                            hours{s}.searchHours,
	}
}

// numberRoutes are about which numbers there are, and which flow answers them.
func (s *server) numberRoutes() operations {
	return operations{
		"GET /phone-numbers-summary/{instance}":        numbers{s}.listNumbers,
		"POST /phone-number/list":                      numbers{s}.listNumbersV2,
		"POST /phone-number/search-available":          numbers{s}.searchNumbers,
		"POST /phone-number/claim":                     numbers{s}.claimNumber,
		"GET /phone-number/{id}":                       numbers{s}.describeNumber,
		"PUT /phone-number/{id}":                       numbers{s}.updateNumber,
		"PUT /phone-number/{id}/metadata":              numbers{s}.updateNumberMetadata,
		"DELETE /phone-number/{id}":                    numbers{s}.releaseNumber,
		"PUT /phone-number/{id}/contact-flow":          numbers{s}.attachFlow,
		"DELETE /phone-number/{id}/contact-flow":       numbers{s}.detachFlow,
		"GET /flow-associations-summary/{instance}":    numbers{s}.listAssociations,
		"POST /flow-associations-batch/{instance}":     numbers{s}.batchAssociations,
		"GET /contact-flows-summary/{instance}":        flows{s}.listFlows,
		"PUT /contact-flows/{instance}":                flows{s}.createFlow,
		"GET /contact-flows/{instance}/{id}":           flows{s}.describeFlow,
		"POST /contact-flows/{instance}/{id}/content":  flows{s}.writeFlow,
		"POST /contact-flows/{instance}/{id}/metadata": flows{s}.updateFlow,
		"POST /contact-flows/{instance}/{id}/name":     flows{s}.updateFlow,
		"DELETE /contact-flows/{instance}/{id}":        flows{s}.deleteFlow,
		"POST /search-contact-flows":                   flows{s}.searchFlows,
	}
}

// contactRoutes are about contacts, and what is measured of them.
func (s *server) contactRoutes() operations {
	return operations{
		"PUT /contact/outbound-voice":             contacts{s}.startOutbound,
		"POST /contact/stop":                      contacts{s}.stopContact,
		"POST /contact/attributes":                contacts{s}.setAttributes,
		"GET /contact/attributes/{instance}/{id}": contacts{s}.attributesOf,
		"GET /contact/references/{instance}/{id}": contacts{s}.listReferences,
		"GET /contacts/{instance}/{id}":           contacts{s}.describeContact,
		"POST /contacts/{instance}/{id}":          contacts{s}.updateContact,
		"POST /search-contacts":                   contacts{s}.searchContacts,
		"POST /metrics/userdata/{instance}":       metrics{s}.userData,
		"POST /metrics/current/{instance}":        metrics{s}.currentMetrics,
		"POST /metrics/data":                      contacts{s}.metricData,
	}
}
