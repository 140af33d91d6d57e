package connect

import "context"

// Snapshot is how things stand for an agent now.
func (c *Centre) Snapshot(id AgentID) (Snapshot, error) { return Snapshot{}, ErrNoAgent }

// Wait returns the version after the given one, as soon as there is one; when ctx ends, how things stand.
// A version that is unknown or long past is answered at once with how things stand.
func (c *Centre) Wait(ctx context.Context, id AgentID, after uint64) (Snapshot, error) {
	return Snapshot{}, ErrNoAgent
}

// SetState changes what an agent is.
func (c *Centre) SetState(ctx context.Context, id AgentID, to StatusID, enqueueNext bool) error {
	return ErrNoAgent
}

// Accept takes a ringing contact.
func (c *Centre) Accept(ctx context.Context, id AgentID, contact ContactID) error { return ErrNoAgent }

// Reject refuses it.
func (c *Centre) Reject(ctx context.Context, id AgentID, contact ContactID) error { return ErrNoAgent }

// Clear removes a contact that is over for the agent.
func (c *Centre) Clear(ctx context.Context, id AgentID, contact ContactID) error { return ErrNoAgent }

// Dial calls out; queue "" is the default outbound queue.
func (c *Centre) Dial(ctx context.Context, id AgentID, number string, queue QueueID) (ContactID, error) {
	return "", ErrNoAgent
}

// DestroyConnection hangs up a leg.
func (c *Centre) DestroyConnection(ctx context.Context, id AgentID, contact ContactID, conn ConnectionID) error {
	return ErrNoAgent
}

// Hold puts a leg on hold.
func (c *Centre) Hold(ctx context.Context, id AgentID, contact ContactID, conn ConnectionID) error {
	return ErrNoAgent
}

// Resume takes it back.
func (c *Centre) Resume(ctx context.Context, id AgentID, contact ContactID, conn ConnectionID) error {
	return ErrNoAgent
}

// SendDigits presses keys towards the customer.
func (c *Centre) SendDigits(ctx context.Context, id AgentID, contact ContactID, conn ConnectionID, digits string) error {
	return ErrNoAgent
}

// StopContact ends a contact, whatever its state.
func (c *Centre) StopContact(ctx context.Context, contact ContactID) error { return ErrNoContact }

// SignedIn notes that an agent's softphone began a session.
func (c *Centre) SignedIn(id AgentID) error { return nil }

// SignedOut ends an agent's session: what rings is missed, what is connected ends, and he is Offline.
func (c *Centre) SignedOut(id AgentID) error { return nil }

// Instance is the contact centre's description.
func (c *Centre) Instance() Instance { return Instance{} }

// Agents are all users, by username.
func (c *Centre) Agents() []Agent { return nil }

// Agent is one user.
func (c *Centre) Agent(id AgentID) (Agent, error) { return Agent{}, ErrNoAgent }

// AgentByUsername finds a user.
func (c *Centre) AgentByUsername(name string) (Agent, error) { return Agent{}, ErrNoAgent }

// Statuses are what agents can choose, by order.
func (c *Centre) Statuses() []Status { return nil }

// Queues are the standard queues, then the agents' own.
func (c *Centre) Queues() []Queue { return nil }

// RoutingProfiles are all of them.
func (c *Centre) RoutingProfiles() []RoutingProfile { return nil }

// RoutingProfile is an agent's.
func (c *Centre) RoutingProfile(id AgentID) (RoutingProfile, error) {
	return RoutingProfile{}, ErrNoAgent
}

// Contact is how a contact stands, live or within the last hour.
func (c *Centre) Contact(id ContactID) (ContactInfo, error) { return ContactInfo{}, ErrNoContact }

// CheckPassword signs a user in. ErrPassword, or ErrLocked after ten failures until fifteen minutes later.
func (c *Centre) CheckPassword(username, password string) (AgentID, error) { return "", ErrPassword }

// ApprovedOrigins may frame the softphone; in the order of approval.
func (c *Centre) ApprovedOrigins() []string { return nil }

// ApproveOrigin adds one; one that is there already is ErrDuplicate. What is no origin is ErrBadInput.
func (c *Centre) ApproveOrigin(origin string) error { return ErrBadInput }

// DisapproveOrigin removes one; removing what is not there changes nothing.
func (c *Centre) DisapproveOrigin(origin string) error { return ErrBadInput }

// CreateStatus adds a status; its id is chosen here. ErrDuplicate for a name in use.
func (c *Centre) CreateStatus(s Status) (Status, error) { return Status{}, ErrBadInput }

// UpdateStatus changes name, description, order, or whether it can be chosen.
func (c *Centre) UpdateStatus(s Status) error { return ErrNoStatus }

// SetPreferences changes what an agent may change of himself.
func (c *Centre) SetPreferences(id AgentID, autoAccept bool, language string) error {
	return ErrNoAgent
}

// APIKeys sign requests to the public API.
func (c *Centre) APIKeys() []APIKey { return nil }
