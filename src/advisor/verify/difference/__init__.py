"""What two knowledge bases conclude differently."""
