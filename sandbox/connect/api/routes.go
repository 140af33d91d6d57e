package api

import "maps"

// operations are handlers by method and path.
type operations = map[string]func(call) (any, error)

// routes are the operations that are there; the tables read like the service's model.
func (s *server) routes() operations {
	all := operations{}
	for _, some := range []operations{
		s.instanceRoutes(), s.peopleRoutes(), s.routingRoutes(), s.queueUpdates(), s.routingProfileUpdates(), s.numberRoutes(), s.contactRoutes(),
	} {
		maps.Copy(all, some)
	}
	return all
}

// instanceRoutes are about the instance itself, and what it is asked for but does not have.
func (s *server) instanceRoutes() operations {
	return operations{
		"GET /instance":                                     s.listInstances,
		"GET /instance/{instance}":                          s.describeInstance,
		"GET /instance/{instance}/attributes":               s.listAttributes,
		"GET /instance/{instance}/attribute/{id}":           s.describeAttribute,
		"POST /instance/{instance}/attribute/{id}":          s.updateAttribute,
		"GET /instance/{instance}/approved-origins":         s.listOrigins,
		"PUT /instance/{instance}/approved-origin":          s.approve,
		"DELETE /instance/{instance}/approved-origin":       s.disapprove,
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
		"POST /tags/{arn}":                                  s.tag,
		"DELETE /tags/{arn}":                                s.untag,
		"GET /tags/{arn}":                                   s.listTags,
		"GET /user/federate/{instance}":                     s.federate,
	}
}

// peopleRoutes are about who works here, and what they may.
func (s *server) peopleRoutes() operations {
	return operations{
		"GET /agent-status/{instance}":                       s.listStatuses,
		"PUT /agent-status/{instance}":                       s.createStatus,
		"GET /agent-status/{instance}/{id}":                  s.describeStatus,
		"POST /agent-status/{instance}/{id}":                 s.updateStatus,
		"POST /search-agent-statuses":                        s.searchStatuses,
		"GET /users-summary/{instance}":                      s.listUsers,
		"PUT /users/{instance}":                              s.createUser,
		"GET /users/{instance}/{id}":                         s.describeUser,
		"DELETE /users/{instance}/{id}":                      s.deleteUser,
		"POST /users/{instance}/{id}/identity-info":          s.updateIdentity,
		"POST /users/{instance}/{id}/phone-config":           s.updatePhone,
		"POST /users/{instance}/{id}/routing-profile":        s.updateUserRouting,
		"POST /users/{instance}/{id}/security-profiles":      s.updateUserSecurity,
		"PUT /users/{instance}/{id}/status":                  s.putStatus,
		"POST /users/{instance}/{id}/contact":                s.dismissContact,
		"POST /search-users":                                 s.searchUsers,
		"GET /security-profiles-summary/{instance}":          s.listSecurityProfiles,
		"PUT /security-profiles/{instance}":                  s.createSecurityProfile,
		"GET /security-profiles/{instance}/{id}":             s.describeSecurityProfile,
		"POST /security-profiles/{instance}/{id}":            s.updateSecurityProfile,
		"DELETE /security-profiles/{instance}/{id}":          s.deleteSecurityProfile,
		"GET /security-profiles-permissions/{instance}/{id}": s.listPermissions,
		"POST /search-security-profiles":                     s.searchSecurityProfiles,
	}
}

// routingRoutes are about where contacts wait, when, and who gets them.
func (s *server) routingRoutes() operations {
	return operations{
		"GET /routing-profiles-summary/{instance}":                    s.listRoutingProfiles,
		"PUT /routing-profiles/{instance}":                            s.createRoutingProfile,
		"GET /routing-profiles/{instance}/{id}":                       s.describeRoutingProfile,
		"DELETE /routing-profiles/{instance}/{id}":                    s.deleteRoutingProfile,
		"GET /routing-profiles/{instance}/{id}/queues":                s.listRoutingProfileQueues,
		"POST /search-routing-profiles":                               s.searchRoutingProfiles,
		"GET /queues-summary/{instance}":                              s.listQueues,
		"PUT /queues/{instance}":                                      s.createQueue,
		"GET /queues/{instance}/{id}":                                 s.describeQueue,
		"DELETE /queues/{instance}/{id}":                              s.deleteQueue,
		"GET /queues/{instance}/{id}/quick-connects":                  s.listQueueQuickConnects,
		"POST /search-queues":                                         s.searchQueues,
		"GET /quick-connects/{instance}":                              s.listQuickConnects,
		"PUT /quick-connects/{instance}":                              s.createQuickConnect,
		"GET /quick-connects/{instance}/{id}":                         s.describeQuickConnect,
		"POST /quick-connects/{instance}/{id}/name":                   s.updateQuickConnectName,
		"POST /quick-connects/{instance}/{id}/config":                 s.updateQuickConnectConfig,
		"DELETE /quick-connects/{instance}/{id}":                      s.deleteQuickConnect,
		"POST /search-quick-connects":                                 s.searchQuickConnects,
		"GET /hours-of-operations-summary/{instance}":                 s.listHours,
		"PUT /hours-of-operations/{instance}":                         s.createHours,
		"GET /hours-of-operations/{instance}/{id}":                    s.describeHours,
		"POST /hours-of-operations/{instance}/{id}":                   s.updateHours,
		"DELETE /hours-of-operations/{instance}/{id}":                 s.deleteHours,
		"GET /hours-of-operations/{instance}/{id}/overrides":          s.listOverrides,
		"PUT /hours-of-operations/{instance}/{id}/overrides":          s.createOverride,
		"GET /hours-of-operations/{instance}/{id}/overrides/{sub}":    s.describeOverride,
		"POST /hours-of-operations/{instance}/{id}/overrides/{sub}":   s.updateOverride,
		"DELETE /hours-of-operations/{instance}/{id}/overrides/{sub}": s.deleteOverride,
		"POST /search-hours-of-operations":                            s.searchHours,
	}
}

// numberRoutes are about which numbers there are, and which flow answers them.
func (s *server) numberRoutes() operations {
	return operations{
		"GET /phone-numbers-summary/{instance}":        s.listNumbers,
		"POST /phone-number/list":                      s.listNumbersV2,
		"POST /phone-number/search-available":          s.searchNumbers,
		"POST /phone-number/claim":                     s.claimNumber,
		"GET /phone-number/{id}":                       s.describeNumber,
		"PUT /phone-number/{id}":                       s.updateNumber,
		"PUT /phone-number/{id}/metadata":              s.updateNumberMetadata,
		"DELETE /phone-number/{id}":                    s.releaseNumber,
		"PUT /phone-number/{id}/contact-flow":          s.attachFlow,
		"DELETE /phone-number/{id}/contact-flow":       s.detachFlow,
		"GET /flow-associations-summary/{instance}":    s.listAssociations,
		"POST /flow-associations-batch/{instance}":     s.batchAssociations,
		"GET /contact-flows-summary/{instance}":        s.listFlows,
		"PUT /contact-flows/{instance}":                s.createFlow,
		"GET /contact-flows/{instance}/{id}":           s.describeFlow,
		"POST /contact-flows/{instance}/{id}/content":  s.writeFlow,
		"POST /contact-flows/{instance}/{id}/metadata": s.updateFlow,
		"POST /contact-flows/{instance}/{id}/name":     s.updateFlow,
		"DELETE /contact-flows/{instance}/{id}":        s.deleteFlow,
		"POST /search-contact-flows":                   s.searchFlows,
	}
}

// contactRoutes are about contacts, and what is measured of them.
func (s *server) contactRoutes() operations {
	return operations{
		"PUT /contact/outbound-voice":             s.startOutbound,
		"POST /contact/stop":                      s.stopContact,
		"POST /contact/attributes":                s.setAttributes,
		"GET /contact/attributes/{instance}/{id}": s.attributesOf,
		"GET /contact/references/{instance}/{id}": s.listReferences,
		"GET /contacts/{instance}/{id}":           s.describeContact,
		"POST /contacts/{instance}/{id}":          s.updateContact,
		"POST /search-contacts":                   s.searchContacts,
		"POST /metrics/userdata/{instance}":       s.userData,
		"POST /metrics/current/{instance}":        s.currentMetrics,
		"POST /metrics/data":                      s.metricData,
	}
}
