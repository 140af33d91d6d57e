// Package admin serves the pages of /admin and what patchcord calls asks.
package admin

// staysSentence is what forgetting a person cannot reach.
const staysSentence = "Tasks, AC Contact Channels and the person's records stay in Salesforce: they are deleted there."
