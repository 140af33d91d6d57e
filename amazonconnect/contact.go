package amazonconnect

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/connect"
)

// UpdateAttributes sets attributes of a contact, named by the first contact of its chain, and keeps its others.
func (c *Client) UpdateAttributes(ctx context.Context, instanceID, initialContactID string, attributes map[string]string) error {
	_, err := c.api.UpdateContactAttributes(ctx, &connect.UpdateContactAttributesInput{
		InstanceId: &instanceID, InitialContactId: &initialContactID, Attributes: attributes,
	})
	if err != nil {
		return fmt.Errorf("update contact attributes: %w", err)
	}
	return nil
}
