resource "aws_transfer_server" "sample" {
  protocols = ["SFTP", "FTP"]
}
