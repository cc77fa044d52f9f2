"""Screens of the employer's room, of the person's own ties, and of cards and invitations."""
